import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AppError } from '../errors/app-error.ts';

/** How long a secret is kept in memory: a rotated one is in use everywhere within this time. */
const KEPT_MS = 5 * 60_000;

/** `current` signs; `previous` still verifies while a rotation spreads. */
export type SecretStage = 'current' | 'previous';

export interface SecretStore {
  /** @throws AppError `unavailable` when the secret cannot be read */
  read(name: string, stage?: SecretStage): Promise<string>;
}

interface Kept {
  readonly value: Promise<string>;
  readonly until: number;
}

/**
 * Platform secrets of Secrets Manager under `<prefix><name>`, e.g. `stay-ops/prod/JWT_SECRET_KEY`; read once in five
 * minutes for each process, in parallel calls too.
 */
export function secretStore(prefix: string): SecretStore {
  const client = new SecretsManagerClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  const kept = new Map<string, Kept>();

  const fetchSecret = async (name: string, stage: SecretStage): Promise<string> => {
    try {
      const VersionStage = stage === 'current' ? 'AWSCURRENT' : 'AWSPREVIOUS';
      const answer = await client.send(new GetSecretValueCommand({ SecretId: `${prefix}${name}`, VersionStage }));
      return answer.SecretString ?? '';
    } catch (cause) {
      kept.delete(`${stage}:${name}`);
      throw new AppError('unavailable', 'El servicio no está disponible ahora mismo. Vuelve a intentarlo.', { cause });
    }
  };

  return {
    read(name, stage = 'current') {
      const key = `${stage}:${name}`;
      const known = kept.get(key);
      if (known !== undefined && known.until > Date.now()) return known.value;
      const value = fetchSecret(name, stage);
      kept.set(key, { value, until: Date.now() + KEPT_MS });
      return value;
    },
  };
}
