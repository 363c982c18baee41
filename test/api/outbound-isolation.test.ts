import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import { integrationKey } from '../../shared/domain/integration/integration.keys.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { Google, syncContacts } from '../support/google.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let google: Google;
beforeAll(async () => {
  cloud = await startTestCloud();
  google = new Google(cloud);
});
afterAll(() => cloud.close());

interface Tenant {
  readonly company: Company;
  readonly client: ApiClient;
  readonly account: string;
}

/** A company with a Google account of its own. */
async function aTenant(name: string): Promise<Tenant> {
  const company = await cloud.given.aCompany();
  const client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
  const account = google.anAccount(`${name}.${company.id}@example.com`);
  await google.connect(client, account);
  return { company, client, account };
}

/** Fingerprints of the keys that leave for Google while `work` runs; null for a call without one. */
async function keysDuring(work: () => Promise<unknown>): Promise<ReadonlySet<string | null>> {
  const partners = [google.people, google.oauth];
  const before = partners.map(({ recorded }) => recorded().length);
  await work();
  return new Set(
    partners.flatMap(({ recorded }, at) =>
      recorded()
        .slice(before[at])
        .map(({ key }) => key),
    ),
  );
}

describe('a key of one company is never shown for another: the stand-ins tell which keys they saw', () => {
  let one: Tenant;
  let other: Tenant;
  beforeEach(async () => {
    google.reset();
    [one, other] = [await aTenant('uno'), await aTenant('otro')];
  });

  const syncing = ({ client }: Tenant) => keysDuring(() => syncContacts(client, [['Ana', '600111222']]));

  it('in syncs of contacts, one after the other', async () => {
    const [ofOne, ofOther] = [await syncing(one), await syncing(other)];
    expect([ofOne.size, ofOther.size]).toEqual([1, 1]);
    expect([...ofOne].filter((key) => key === null || ofOther.has(key))).toEqual([]);
    for (const { account } of [one, other]) expect(google.contacts(account)).toHaveLength(1);
  });

  it('nor at once, in the same process', async () => {
    await Promise.all(
      [one, other, one, other].map(({ client }, n) => syncContacts(client, [[`Ana ${n % 2}`, '600111222']])),
    );
    expect(google.contacts(one.account).map(({ givenName }) => givenName)).toEqual(['-  - Ana 0']);
    expect(google.contacts(other.account).map(({ givenName }) => givenName)).toEqual(['-  - Ana 1']);
  });

  it('nor when access has to be renewed', async () => {
    const [firstOfOne, firstOfOther] = [await syncing(one), await syncing(other)];
    await cloud.passTime(3_590);
    const [ofOne, ofOther] = [await syncing(one), await syncing(other)];
    const ownOf = (later: ReadonlySet<string | null>) => [...later].filter((key) => key !== null);
    // The refresh token and the access token that it brought.
    expect([ownOf(ofOne).length, ownOf(ofOther).length]).toEqual([2, 2]);
    expect(ownOf(ofOne).filter((key) => ofOther.has(key) || firstOfOther.has(key))).toEqual([]);
    expect(ownOf(ofOther).filter((key) => firstOfOne.has(key))).toEqual([]);
  });

  it('nor when the rows of one stand in the place of those of another', async () => {
    const [stolen, standing] = await Promise.all(
      [one, other].map(({ company }) => cloud.table.get(integrationKey(company.id, 'google'))),
    );
    for (const fields of [stolen, { ...stolen, id: standing?.id }]) {
      await cloud.table.write({ kind: 'put', item: { ...fields, ...integrationKey(other.company.id, 'google') } });
      const keys = await keysDuring(async () => {
        const answer = await syncContacts(other.client, [['Ana', '600111222']]);
        expect([answer.status, answer.body.errors]).toEqual([
          400,
          ['La conexión guardada con Google no se puede leer. Conecta la cuenta de nuevo.'],
        ]);
      });
      expect([...keys]).toEqual([]);
    }
    expect(google.contacts(one.account)).toEqual([]);
  });

  it('nor in disconnecting, which ends the own grant alone', async () => {
    await other.client.write('DELETE', '/api/contactos/google/conexion');
    expect(google.data.grants.map(({ account }) => account)).toEqual([one.account]);
    expect((await syncContacts(one.client, [['Ana', '600111222']])).status).toBe(200);
  });
});
