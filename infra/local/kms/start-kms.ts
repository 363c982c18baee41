import type { EmulatorOptions } from '../aws-json/emulator-options.ts';
import type { FaultSwitch } from '../aws-json/faults.ts';
import { startJsonServer } from '../aws-json/json-server.ts';
import { cryptographicOperations } from './cryptographic-operations.ts';
import { keyOperations } from './key-operations.ts';
import { createKeyStore, type KeyDeclaration } from './key-store.ts';

export interface LocalKms {
  /** For `AWS_ENDPOINT_URL_KMS`. */
  readonly endpoint: string;
  readonly faults: FaultSwitch;
  /** Creates a symmetric key, or takes up the one an earlier run left with its backing keys. */
  createKey(declaration: KeyDeclaration): { readonly keyId: string; readonly arn: string };
  /** Enables every key and calls off deletions. Backing keys stay: what is encrypted stays readable. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts the KMS emulator on the loopback address. */
export async function startKms(options: EmulatorOptions): Promise<LocalKms> {
  const { credentials, region, accountId, now, machineNow = () => new Date() } = options;
  const keys = createKeyStore(options);
  const server = await startJsonServer({
    targetPrefix: 'TrentService',
    operations: { ...cryptographicOperations(keys), ...keyOperations(keys, accountId, now) },
    signatures: { credentials, region, service: 'kms', clocks: [machineNow, now] },
    internalErrorCode: 'KMSInternalException',
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return {
    endpoint: server.endpoint,
    faults: server.faults,
    createKey: (declaration) => {
      const { id, arn } = keys.declare(declaration);
      return { keyId: id, arn };
    },
    reset: () => keys.enableAll(),
    close: server.close,
  };
}
