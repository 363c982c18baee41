import type { EmulatorOptions } from '../aws-json/emulator-options.ts';
import type { FaultSwitch } from '../aws-json/faults.ts';
import { startJsonServer } from '../aws-json/json-server.ts';
import { secretOperations } from './secret-operations.ts';
import { createSecretStore, type SecretDeclaration } from './secret-store.ts';

export interface LocalSecretsManager {
  /** For `AWS_ENDPOINT_URL_SECRETS_MANAGER`. */
  readonly endpoint: string;
  readonly faults: FaultSwitch;
  /** Creates the secret of a template; its generated value stays from start to start. */
  createSecret(declaration: SecretDeclaration): { readonly name: string; readonly arn: string };
  /** Puts every secret back to the value with which it was declared. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts the Secrets Manager emulator on the loopback address. */
export async function startSecretsManager(options: EmulatorOptions): Promise<LocalSecretsManager> {
  const { credentials, region, now, machineNow = () => new Date() } = options;
  const secrets = createSecretStore(options);
  const server = await startJsonServer({
    targetPrefix: 'secretsmanager',
    operations: secretOperations(secrets),
    signatures: { credentials, region, service: 'secretsmanager', clocks: [machineNow, now] },
    internalErrorCode: 'InternalServiceError',
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return {
    endpoint: server.endpoint,
    faults: server.faults,
    createSecret: (declaration) => {
      const { name, arn } = secrets.declare(declaration);
      return { name, arn };
    },
    reset: () => secrets.revertAll(),
    close: server.close,
  };
}
