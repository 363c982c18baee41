import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTION_LIST } from '../../../infra/config/functions.ts';
import { TENANT_COLLECTIONS, TENANT_PREFIXES } from '../../../shared/domain/erasure/tenant-holdings.ts';
import { sourceFiles } from '../../architecture/source-files.ts';

const page = readFileSync(new URL('../../../shared/domain/README.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\|[^|]+\| `([^`]+)` \| `[^`]+` \| `(\w+)` \|$/gm)].map(
  ([, pk = '', builder = '']) => ({
    pk,
    builder,
  }),
);
const production = sourceFiles('functions', 'shared', 'infra', 'bin');

describe('the collections that an erasure clears', () => {
  const PARTITION = /^T#<empresa_id>#(?<collection>[A-Z_]+)$/;

  it('are those of the page of the keys, each of them and no others', () => {
    const onPage = rows.flatMap(({ pk }) => PARTITION.exec(pk)?.groups?.collection ?? []);
    expect(onPage.length).toBeGreaterThan(15);
    expect([...TENANT_COLLECTIONS].sort()).toEqual([...new Set(onPage)].sort());
  });

  it('are whole partitions: what is finer than a collection could not be found without a scan', () => {
    expect(rows.filter(({ pk }) => pk.startsWith('T#') && !PARTITION.test(pk))).toEqual([]);
  });

  it('are all that any code builds a key from', () => {
    const calls = production.flatMap(({ path, text }) =>
      [...text.matchAll(/(?<!function )\btenantPartition\(([^()]*)\)/g)].map(([, given = '']) => ({ path, given })),
    );
    expect(calls.length).toBeGreaterThan(15);
    const known = TENANT_COLLECTIONS.map((collection) => `'${collection}'`);
    const others = calls.filter(({ given }) => !known.some((name) => given.endsWith(`, ${name}`)));
    expect(others).toEqual([
      // From the list itself.
      { path: 'shared/domain/erasure/tenant-holdings.ts', given: 'empresaId, collection' },
    ]);
  });

  it("and nobody writes a tenant's key by hand", () => {
    const byHand = production.filter(({ text }) =>
      /[`']T#(?!\*')/.test(text.replace(/^\s*(\/?\*|\/\/).*$|\/\*\*.*\*\//gm, '')),
    );
    expect(byHand.map(({ path }) => path)).toEqual([]);
  });
});

describe('rows outside of the tenants', () => {
  /** What an erasure does about each kind that may tell of a tenant. */
  const FATES: Readonly<
    Record<
      string,
      | 'freed with its person'
      | 'freed with its invite'
      | 'freed with its calendar'
      | 'freed with its device'
      | 'goes with the company'
      | 'tells of nobody'
      | 'stays'
    >
  > = {
    emailLockKey: 'freed with its person',
    usernameLockKey: 'freed with its person',
    inviteLockKey: 'freed with its invite',
    calendarLockKey: 'freed with its calendar',
    deviceLockKey: 'freed with its device',
    companyEmailLockKey: 'goes with the company',
    tenantEntryKey: 'goes with the company',
    // Digests and ids of nobody any more, which expire within thirty days.
    loginFailuresKey: 'tells of nobody',
    rateKey: 'tells of nobody',
    rateLogKey: 'tells of nobody',
    erasureKey: 'stays',
    // The platform's own words to AI.
    systemPromptKey: 'stays',
  };

  it('have a fate each: who adds a kind says what an erasure does about it', () => {
    const builders = rows.filter(({ pk }) => pk.startsWith('P#')).map(({ builder }) => builder);
    expect(builders.sort()).toEqual(Object.keys(FATES).sort());
  });
});

describe('the objects that an erasure deletes', () => {
  const granted = FUNCTION_LIST.flatMap(([name, { grants }]) =>
    grants.flatMap((grant) => (grant.kind === 'objects' ? [{ name, ...grant }] : [])),
  );
  const placeOf = ({ bucket, prefix }: { bucket: string; prefix: string }) => `${bucket}/${prefix}`;

  it('lie under every prefix that any function may reach', () => {
    const places = TENANT_PREFIXES.map(placeOf);
    expect(granted.length).toBeGreaterThan(5);
    expect(granted.filter((grant) => !places.includes(placeOf(grant)))).toEqual([]);
  });

  it('may be deleted by the worker', () => {
    const mayDelete = granted.filter(
      ({ name, actions }) => name === 'outbox-worker' && actions.includes('DeleteObject'),
    );
    expect(mayDelete.map(placeOf).sort()).toEqual(TENANT_PREFIXES.map(placeOf).sort());
  });

  it('are told apart by their prefix in a receipt', () => {
    const prefixes = TENANT_PREFIXES.map(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect(prefixes.filter((prefix) => (TENANT_COLLECTIONS as readonly string[]).includes(prefix))).toEqual([]);
  });
});
