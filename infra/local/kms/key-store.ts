import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ServiceError } from '../aws-json/service-error.ts';
import { readStateFile, writeStateFile } from '../aws-json/state-file.ts';

type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

/** One customer-managed key; instants are ISO 8601. */
export interface KmsKey {
  readonly id: string;
  readonly arn: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly createdAt: string;
  readonly state: KeyState;
  readonly deletionDate: string | undefined;
  readonly rotates: boolean;
  readonly lastRotation: string;
  /** Base64; the last one encrypts, every one decrypts. */
  readonly backingKeys: readonly string[];
}

/** How the template describes a key. */
export interface KeyDeclaration {
  /** A UUID, or any text that stays the same (a logical id), from which one is derived. */
  readonly id: string;
  /** With or without `alias/` in front. */
  readonly alias?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly rotates?: boolean | undefined;
}

export interface KeyStore {
  /** Creates the key, or takes up the one an earlier run left: its backing keys stay. */
  declare(declaration: KeyDeclaration): KmsKey;
  /** By id, key ARN, `alias/name` or alias ARN. Throws `NotFoundException`. */
  find(reference: string): KmsKey;
  change(id: string, change: Partial<KmsKey>): KmsKey;
  all(): readonly KmsKey[];
  /** Every key as it was declared, in use. */
  enableAll(): void;
}

export interface KeyStoreOptions {
  readonly dataDirectory: string | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly now: () => Date;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const YEAR_MS = 365 * 24 * 3600_000;

export function createKeyStore(options: KeyStoreOptions): KeyStore {
  const { dataDirectory, now } = options;
  const path = dataDirectory && join(dataDirectory, 'keys.json');
  const arnPrefix = `arn:aws:kms:${options.region}:${options.accountId}:`;
  const kept = path === undefined ? undefined : (readStateFile(path) as readonly KmsKey[] | undefined);
  const keys = new Map((kept ?? []).map((key) => [key.id, key]));

  function store(key: KmsKey): KmsKey {
    keys.set(key.id, key);
    if (path !== undefined) writeStateFile(path, [...keys.values()]);
    return key;
  }

  /** A key past its deletion date is destroyed, backing keys and all: nothing brings its plaintexts back. */
  function destroyDue(): void {
    const due = [...keys.values()].filter((key) => isGone(key, now()));
    for (const { id } of due) keys.delete(id);
    if (due.length > 0 && path !== undefined) writeStateFile(path, [...keys.values()]);
  }

  function find(reference: string): KmsKey {
    destroyDue();
    const name = reference.startsWith(arnPrefix) ? reference.slice(arnPrefix.length) : reference;
    const key = name.startsWith('alias/')
      ? [...keys.values()].find(({ aliases }) => aliases.includes(name))
      : keys.get(name.replace(/^key\//, ''));
    if (key === undefined) {
      throw new ServiceError('NotFoundException', `Key '${reference}' does not exist`);
    }
    return isRotationDue(key, now()) ? store(rotated(key, now())) : key;
  }

  return {
    declare: (declaration) => {
      destroyDue();
      const id = UUID.test(declaration.id) ? declaration.id : uuidOf(declaration.id);
      const aliases = [...(declaration.aliases ?? []), ...(declaration.alias === undefined ? [] : [declaration.alias])];
      const key = keys.get(id) ?? newKey(id, `${arnPrefix}key/${id}`, now());
      return store({
        ...key,
        aliases: aliases.map((alias) => (alias.startsWith('alias/') ? alias : `alias/${alias}`)),
        description: declaration.description ?? '',
        rotates: declaration.rotates ?? key.rotates,
      });
    },
    find,
    change: (id, change) => store({ ...find(id), ...change }),
    all: () => [...keys.values()],
    enableAll: () => {
      destroyDue();
      for (const key of keys.values()) store({ ...key, state: 'Enabled', deletionDate: undefined });
    },
  };
}

function newKey(id: string, arn: string, now: Date): KmsKey {
  return {
    id,
    arn,
    aliases: [],
    description: '',
    createdAt: now.toISOString(),
    state: 'Enabled',
    deletionDate: undefined,
    rotates: false,
    lastRotation: now.toISOString(),
    backingKeys: [newBackingKey()],
  };
}

function newBackingKey(): string {
  return randomBytes(32).toString('base64');
}

/** The key with a new backing key in front of use. */
export function rotated(key: KmsKey, now: Date): KmsKey {
  return { ...key, backingKeys: [...key.backingKeys, newBackingKey()], lastRotation: now.toISOString() };
}

/** Automatic rotation comes once a year. */
export function nextRotation(key: KmsKey): Date {
  return new Date(Date.parse(key.lastRotation) + YEAR_MS);
}

function isRotationDue(key: KmsKey, now: Date): boolean {
  return key.rotates && key.state === 'Enabled' && nextRotation(key).getTime() <= now.getTime();
}

function isGone(key: KmsKey, now: Date): boolean {
  return key.deletionDate !== undefined && Date.parse(key.deletionDate) <= now.getTime();
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
