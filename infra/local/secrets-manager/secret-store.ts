import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { ServiceError } from '../aws-json/service-error.ts';
import { readStateFile, writeStateFile } from '../aws-json/state-file.ts';
import { generateSecret, generateSecretString } from './generate-secret.ts';

/** One value of a secret, with the stages that point to it. */
export interface SecretVersion {
  readonly id: string;
  /** Text, or bytes in Base64. */
  readonly value: { readonly SecretString: string } | { readonly SecretBinary: string };
  readonly stages: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  /** What the template says; a change of it makes a new version. */
  readonly declared: string;
  /** The version that the declaration made; absent in what was kept before it was noted. */
  readonly declaredVersion?: string;
  readonly createdAt: string;
  readonly changedAt: string;
  /** Oldest first. */
  readonly versions: readonly SecretVersion[];
}

/** The properties of an `AWS::SecretsManager::Secret` that matter here. */
const secretProperties = z.object({
  Description: z.string().default(''),
  SecretString: z.string().optional(),
  GenerateSecretString: generateSecretString.optional(),
});

export interface SecretDeclaration {
  readonly name: string;
  /** As the template's references resolve; made up from the name otherwise. */
  readonly arn?: string | undefined;
  /** The resource's properties as they stand in the template. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A new value for a secret. */
export interface NewVersion {
  readonly value: SecretVersion['value'];
  readonly stages: readonly string[];
  /** Version id; repeating one with the same value changes nothing. */
  readonly token: string | undefined;
}

export interface SecretStore {
  /** Generates the value once; an unchanged declaration keeps what an earlier run generated or was given. */
  declare(declaration: SecretDeclaration): Secret;
  /** By name, ARN, or ARN without its random ending. Throws `ResourceNotFoundException`. */
  find(reference: string): Secret;
  describe(name: string, description: string): Secret;
  put(name: string, version: NewVersion): { readonly secret: Secret; readonly version: SecretVersion };
  /** Every secret at the value with which it was declared. */
  revertAll(): void;
}

export interface SecretStoreOptions {
  readonly dataDirectory: string | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly now: () => Date;
}

export function createSecretStore(options: SecretStoreOptions): SecretStore {
  const { dataDirectory, now } = options;
  const path = dataDirectory && join(dataDirectory, 'secrets.json');
  const kept = path === undefined ? undefined : (readStateFile(path) as readonly Secret[] | undefined);
  const secrets = new Map((kept ?? []).map((secret) => [secret.name, secret]));

  function store(secret: Secret): Secret {
    secrets.set(secret.name, secret);
    if (path !== undefined) writeStateFile(path, [...secrets.values()]);
    return secret;
  }

  function find(reference: string): Secret {
    const secret = [...secrets.values()].find(
      ({ name, arn }) => name === reference || arn === reference || arn.replace(/-[^-]{6}$/, '') === reference,
    );
    if (secret !== undefined) return secret;
    throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  return {
    declare: ({ name, arn, properties }) => {
      const spec = secretProperties.parse(properties);
      const declared = JSON.stringify([spec.SecretString, spec.GenerateSecretString]);
      const known = secrets.get(name);
      const base = known ?? newSecret(name, arn ?? secretArn(options, name), now());
      const described = { ...base, arn: arn ?? base.arn, description: spec.Description, declared };
      if (known?.declared === declared) return store(described);
      const text =
        spec.GenerateSecretString === undefined ? spec.SecretString : generateSecret(spec.GenerateSecretString);
      if (text === undefined) return store(described);
      const value = { SecretString: text };
      const { secret, version } = withVersion(described, { value, stages: ['AWSCURRENT'], token: undefined }, now());
      return store({ ...secret, declaredVersion: version.id });
    },
    find,
    describe: (name, description) => store({ ...find(name), description, changedAt: now().toISOString() }),
    put: (name, version) => {
      const changed = withVersion(find(name), version, now());
      store(changed.secret);
      return changed;
    },
    revertAll: () => {
      for (const secret of secrets.values()) {
        const [oldest] = secret.versions;
        const first = secret.versions.find(({ id }) => id === secret.declaredVersion) ?? oldest;
        store({ ...secret, versions: first === undefined ? [] : [{ ...first, stages: ['AWSCURRENT'] }] });
      }
    },
  };
}

function newSecret(name: string, arn: string, now: Date): Secret {
  const instant = now.toISOString();
  return { name, arn, description: '', declared: '', createdAt: instant, changedAt: instant, versions: [] };
}

/** Real ARNs end in six random characters; these come from the name, to stay the same from start to start. */
function secretArn({ region, accountId }: SecretStoreOptions, name: string): string {
  const ending = createHash('sha256').update(name).digest('base64').replace(/[+/=]/g, '').slice(0, 6);
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${ending}`;
}

/** Moves the stages to the new version; what was current becomes previous. */
function withVersion(secret: Secret, { value, stages, token }: NewVersion, now: Date) {
  const repeated = secret.versions.find(({ id }) => id === token);
  if (repeated !== undefined) {
    if (JSON.stringify(repeated.value) === JSON.stringify(value)) return { secret, version: repeated };
    throw new ServiceError(
      'ResourceExistsException',
      `You can't use ClientRequestToken ${token} because that value is already in use for a version of the secret.`,
    );
  }
  const version = { id: token ?? randomUUID(), value, stages, createdAt: now.toISOString() };
  const taken = new Set(stages.includes('AWSCURRENT') ? [...stages, 'AWSPREVIOUS'] : stages);
  const others = secret.versions.map((old) => {
    const left = old.stages.filter((stage) => !taken.has(stage));
    const becomesPrevious = stages.includes('AWSCURRENT') && old.stages.includes('AWSCURRENT');
    return { ...old, stages: becomesPrevious ? [...left, 'AWSPREVIOUS'] : left };
  });
  return { secret: { ...secret, changedAt: now.toISOString(), versions: [...others, version] }, version };
}
