import type { FaultSwitch } from '../aws-json/faults.ts';
import { startJsonServer } from '../aws-json/json-server.ts';
import type { Credentials } from '../aws-json/verify-signature.ts';
import { secretOperations } from './secret-operations.ts';
import { createSecretStore, type SecretDeclaration } from './secret-store.ts';

export interface SecretsManagerOptions {
  /** Directory of this emulator alone; undefined keeps everything in memory. */
  readonly dataDirectory: string | undefined;
  readonly credentials: Credentials;
  readonly region: string;
  /** Twelve digits, in every ARN. */
  readonly accountId: string;
  /** The platform's clock, for dates shown. */
  readonly now: () => Date;
  /** The machine's clock, by which the SDK signs. */
  readonly machineNow?: () => Date;
  /** Any free port by default. */
  readonly port?: number;
}

export interface LocalSecretsManager {
  /** For `AWS_ENDPOINT_URL_SECRETS_MANAGER`. */
  readonly endpoint: string;
  readonly faults: FaultSwitch;
  /** Creates the secret of a template; its generated value stays from start to start. */
  createSecret(declaration: SecretDeclaration): { readonly name: string; readonly arn: string };
  /** Puts every secret back to its first value. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts the Secrets Manager emulator on the loopback address. */
export async function startSecretsManager(options: SecretsManagerOptions): Promise<LocalSecretsManager> {
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
