import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DisableKeyCommand, KMSClient, ListAliasesCommand, RotateKeyOnDemandCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startKms } from '../../infra/local/kms/start-kms.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { rotateKeys } from '../../shared/domain/integration/rotate-keys.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { keyRewrapper } from '../../shared/platform/crypto/rewrap-keys.ts';
import { open, seal } from '../../shared/platform/crypto/sealed.ts';
import { type Purpose, tenantKeys, wrappedKeyKey } from '../../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { type PartitionQuery, Table } from '../../shared/platform/dynamo/table.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const ALIAS = 'alias/stay-ops-local';
const PURPOSES: readonly Purpose[] = ['guest-data', 'integrations'];
const TENANTS = 40;
const ROOT = join(import.meta.dirname, '..', '..');

let cloud: TestCloud;
let companies: readonly Company[];
/** Texts sealed before anything was rotated, by tenant and purpose. */
const sealedTexts = new Map<string, string>();

const scopeOf = (company: Company) => new TenantScope(cloud.table, company.id);
const eachKey = () => companies.flatMap((company) => PURPOSES.map((purpose) => [company, purpose] as const));

beforeAll(async () => {
  cloud = await startTestCloud();
  companies = await Promise.all(Array.from({ length: TENANTS }, () => cloud.given.aCompany()));
  for (const [company, purpose] of eachKey()) {
    const key = await tenantKeys(ALIAS, systemClock).dataKey(scopeOf(company), purpose);
    sealedTexts.set(`${company.id}/${purpose}`, seal(key, 'place', `text of ${company.id} for ${purpose}`));
  }
});
afterAll(() => cloud.close());

/** Opens a sealed text as a function that has just started would: with nothing remembered. */
async function opens(company: Company, purpose: Purpose): Promise<boolean> {
  const key = await tenantKeys(ALIAS, systemClock).dataKey(scopeOf(company), purpose);
  const text = open(key, 'place', sealedTexts.get(`${company.id}/${purpose}`) ?? '');
  return text === `text of ${company.id} for ${purpose}`;
}

async function blobOf(company: Company, purpose: Purpose): Promise<Buffer> {
  const row = await cloud.table.get(wrappedKeyKey(company.id, purpose), { consistent: true });
  return Buffer.from(row?.wrapped as Uint8Array);
}

async function blobs(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [company, purpose] of eachKey()) {
    found.set(`${company.id}/${purpose}`, (await blobOf(company, purpose)).toString('base64'));
  }
  return found;
}

/** Which of the backing keys wrapped a blob of the local KMS. */
const materialOf = (blob: string) => Buffer.from(blob, 'base64').readUInt32BE(17);

/** The key that an alias stands for: some operations want the key itself. */
async function keyBehind(client: KMSClient, alias: string): Promise<string> {
  const { Aliases = [] } = await client.send(new ListAliasesCommand({}));
  const KeyId = Aliases.find(({ AliasName }) => AliasName === alias)?.TargetKeyId;
  if (KeyId === undefined) throw new Error(`There is no ${alias}`);
  return KeyId;
}

async function rotateMaterial(): Promise<void> {
  const client = new KMSClient();
  await client.send(new RotateKeyOnDemandCommand({ KeyId: await keyBehind(client, ALIAS) }));
  client.destroy();
}

/** The command as a person gives it, against the running local cloud. */
function command(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(ROOT, 'bin', 'rotate-keys.ts');
  const env = { ...process.env, API_ADDRESS: cloud.cloud.address };
  return new Promise((ended) => {
    const child = execFile(process.execPath, [file, ...args], { env }, (_error, out, err) => {
      ended({ code: child.exitCode ?? -1, out, err });
    });
  });
}

describe('bin/rotate-keys.ts', () => {
  it('wraps every key anew while everything still opens', async () => {
    const before = await blobs();
    await rotateMaterial();
    const run = { ended: false };
    const done = command('--stage', 'local').finally(() => {
      run.ended = true;
    });
    let opened = 0;
    while (!run.ended) {
      for (const [company, purpose] of eachKey()) {
        if (run.ended) break;
        expect(await opens(company, purpose)).toBe(true);
        opened += 1;
      }
    }
    const { code, out } = await done;
    expect([code, out.split('\n').at(-2)]).toEqual([
      0,
      `Done. ${TENANTS} tenants: ${2 * TENANTS} renewed, 0 moved, 0 overtaken, 0 unreadable`,
    ]);
    expect(opened).toBeGreaterThan(0);
    const after = await blobs();
    for (const [name, blob] of after) {
      expect(blob).not.toBe(before.get(name));
      expect([materialOf(before.get(name) ?? ''), materialOf(blob)]).toEqual([0, 1]);
    }
    for (const [company, purpose] of eachKey()) expect(await opens(company, purpose)).toBe(true);
  });

  it('may be repeated, and run twice at once', async () => {
    const runs = await Promise.all([command('--stage', 'local'), command('--stage', 'local')]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    for (const [company, purpose] of eachKey()) expect(await opens(company, purpose)).toBe(true);
  });

  it('that is cut off says where to go on, and the rest is done from there', async () => {
    const before = await blobs();
    let cursor = '';
    const cutOff = async () => {
      for await (const progress of rotateKeys(cloud.table, keyRewrapper(ALIAS), undefined)) {
        cursor = progress.cursor ?? '';
        cloud.cloud.faults.kms.set({ operation: 'ReEncrypt', error: 'unavailable', times: 10_000 });
      }
    };
    await expect(cutOff()).rejects.toThrow();
    let run = await command('--stage', 'local', '--cursor', cursor);
    expect([run.code, run.err]).toEqual([1, expect.stringContaining(`Go on with --stage local --cursor ${cursor}`)]);
    cloud.cloud.faults.kms.clear();
    const between = await blobs();
    const changed = [...between].filter(([name, blob]) => blob !== before.get(name));
    // A batch of 16 tenants was done.
    expect(changed).toHaveLength(32);
    run = await command('--stage', 'local', '--cursor', cursor);
    expect([run.code, run.out]).toEqual([
      0,
      expect.stringContaining(`Done. ${TENANTS - 16} tenants: ${2 * (TENANTS - 16)} renewed`),
    ]);
    const after = await blobs();
    for (const [name, blob] of after) {
      expect([name, blob === between.get(name)]).toEqual([name, changed.some(([done]) => done === name)]);
    }
  });

  it('goes past a key that KMS cannot open, names its tenant and fails', async () => {
    const [company] = companies as [Company];
    const key = wrappedKeyKey(company.id, 'guest-data');
    const good = await blobOf(company, 'guest-data');
    const bad = Buffer.from(good);
    bad[bad.length - 1] = (bad[bad.length - 1] ?? 0) ^ 1;
    await cloud.table.write({ kind: 'put', item: { ...key, wrapped: bad } });
    const run = await command('--stage', 'local');
    expect(run.code).toBe(1);
    expect(run.out).toContain(
      `Done. ${TENANTS} tenants: ${2 * TENANTS - 1} renewed, 0 moved, 0 overtaken, 1 unreadable`,
    );
    expect(run.err).toBe(`KMS cannot open a data key of ${company.id}\n`);
    expect(await blobOf(company, 'guest-data')).toEqual(bad);
    await cloud.table.write({ kind: 'put', item: { ...key, wrapped: good } });
  });

  it.each([[[]], [['--stage']], [['--nothing']], [['--stage', 'local', '--cursor', 'x']]])(
    'explains itself when called with %j',
    async (args) => {
      const run = await command(...args);
      expect([run.code, run.err]).toEqual([2, expect.stringContaining('npm run -s rotate-keys -- --stage prod')]);
    },
  );
});

describe('wrapping keys anew', () => {
  const counts = { renewed: 0, moved: 0, overtaken: 0, unreadable: 0 };

  it('never brings back a key that was destroyed meanwhile', async () => {
    const company = await cloud.given.aCompany();
    await tenantKeys(ALIAS, systemClock).dataKey(scopeOf(company), 'guest-data');
    /** Erases the tenant between reading its keys and replacing them. */
    class Erasing extends Table {
      override async query(query: PartitionQuery) {
        const page = await super.query(query);
        await this.write({ kind: 'delete', key: wrappedKeyKey(company.id, 'guest-data') });
        return page;
      }
    }
    const table = new Erasing(documentClient(), cloud.cloud.info.table);
    expect(await keyRewrapper(ALIAS)(new TenantScope(table, company.id))).toEqual({ ...counts, overtaken: 1 });
    expect(await cloud.table.get(wrappedKeyKey(company.id, 'guest-data'))).toBeUndefined();
  });

  it('is bound to tenant and purpose: a blob in another place is not made good', async () => {
    const [mine, theirs] = [await cloud.given.aCompany(), await cloud.given.aCompany()];
    await tenantKeys(ALIAS, systemClock).dataKey(scopeOf(mine), 'guest-data');
    const wrapped = await blobOf(mine, 'guest-data');
    for (const key of [wrappedKeyKey(theirs.id, 'guest-data'), wrappedKeyKey(theirs.id, 'integrations')]) {
      await cloud.table.write({ kind: 'put', item: { ...key, wrapped } });
    }
    expect(await keyRewrapper(ALIAS)(scopeOf(theirs))).toEqual({ ...counts, unreadable: 2 });
  });

  it('moves keys onto another KMS key, after which the old one is not needed', async () => {
    const { region, accessKeyId, secretAccessKey } = cloud.cloud.info;
    const kms = await startKms({
      dataDirectory: undefined,
      credentials: { accessKeyId, secretAccessKey },
      region,
      accountId: '000000000000',
      now: () => new Date(),
    });
    vi.stubEnv('AWS_ENDPOINT_URL_KMS', kms.endpoint);
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await kms.close();
    });
    kms.createKey({ id: 'OldKey', alias: 'stage' });
    const next = kms.createKey({ id: 'NextKey' });
    const company = await cloud.given.aCompany();
    const key = await tenantKeys('alias/stage', systemClock).dataKey(scopeOf(company), 'guest-data');
    const sealed = seal(key, 'place', 'text');
    expect(await keyRewrapper(next.arn)(scopeOf(company))).toEqual({ ...counts, moved: 1 });
    expect(await keyRewrapper(next.arn)(scopeOf(company))).toEqual({ ...counts, renewed: 1 });
    const client = new KMSClient();
    await client.send(new DisableKeyCommand({ KeyId: await keyBehind(client, 'alias/stage') }));
    client.destroy();
    const moved = await tenantKeys('alias/stage', systemClock).dataKey(scopeOf(company), 'guest-data');
    expect(open(moved, 'place', sealed)).toBe('text');
  });
});
