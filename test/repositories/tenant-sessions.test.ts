import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apartmentKey } from '../../shared/domain/apartment/apartment.keys.ts';
import { emailLockKey, userKey, userPartition } from '../../shared/domain/identity/user.keys.ts';
import { ABSENT, type Table } from '../../shared/platform/dynamo/table.ts';
import { connectTable } from '../../shared/platform/tenant/connect-table.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const ROLE = 'arn:aws:iam::000000000000:role/stay-ops-local-users-tenant';

let cloud: TestCloud;
let table: Table;
let own: { readonly id: string };
let other: { readonly id: string };
let otherUser: { readonly id: string };

beforeAll(async () => {
  cloud = await startTestCloud();
  table = connectTable({ TABLE_NAME: cloud.cloud.info.table, TENANT_ROLE_ARN: ROLE });
  [own, other] = [await cloud.given.aCompany(), await cloud.given.aCompany()];
  otherUser = await cloud.given.aUser(other);
  await cloud.given.aUser(own);
});
afterAll(() => cloud.close());

/** The table in the session of one company, as a repository has it. */
const inSession = (company: { readonly id: string }) => new TenantScope(table, company.id).table;

describe('in the session of a company, the table', () => {
  it('answers its rows', async () => {
    const { items } = await inSession(own).query({ pk: userPartition(own.id), consistent: true });
    expect(items).toHaveLength(1);
  });

  const foreign = () => userKey(other.id, otherUser.id);
  const change = () => ({ expression: 'SET activo = :no', values: { ':no': false } });
  const ATTEMPTS: Readonly<Record<string, (session: Table) => Promise<unknown>>> = {
    get: (session) => session.get(foreign()),
    getMany: (session) => session.getMany([userKey(own.id, otherUser.id), foreign()]),
    query: (session) => session.query({ pk: userPartition(other.id) }),
    'query of an index': (session) =>
      session.query({ pk: `T#${other.id}#NOTIFICATION#${otherUser.id}`, index: 'gsi1' }),
    put: (session) => session.write({ kind: 'put', item: { ...foreign(), role: 'admin' } }),
    update: (session) => session.write({ kind: 'update', key: foreign(), update: change() }),
    delete: (session) => session.write({ kind: 'delete', key: foreign() }),
    deleteMany: (session) => session.deleteMany([foreign()]),
    transact: (session) =>
      session.transact([
        { kind: 'put', item: { ...apartmentKey(own.id, 'a'), nombre: 'x' } },
        { kind: 'update', key: foreign(), update: change() },
      ]),
  };

  it.each(Object.keys(ATTEMPTS))('refuses another company to %s, and nothing changes', async (name) => {
    const before = await cloud.table.get(foreign());
    await expect(ATTEMPTS[name]?.(inSession(own))).rejects.toThrow();
    expect(await cloud.table.get(foreign())).toEqual(before);
    expect(await cloud.table.get(apartmentKey(own.id, 'a'))).toBeUndefined();
  });

  it('is not reached by the id of another company put into the text of an own one', async () => {
    const { items } = await inSession(own).query({ pk: `T#${own.id}#USER#${other.id}` });
    expect(items).toEqual([]);
  });

  it("takes the platform's locks together with the rows that they lock for", async () => {
    const lock = { ...emailLockKey('nueva@example.com'), user_id: 'x', empresa_id: own.id };
    await inSession(own).transact([{ kind: 'put', item: lock, condition: ABSENT }]);
    expect(await cloud.table.get(emailLockKey('nueva@example.com'))).toMatchObject({ empresa_id: own.id });
  });
});

describe('outside of a session', () => {
  it('a row of a company is out of reach: the function says so before it asks', async () => {
    await expect(table.get(userKey(own.id, 'x'))).rejects.toThrow('scope');
    await expect(table.query({ pk: userPartition(own.id) })).rejects.toThrow('scope');
  });
});

describe('a session', () => {
  const sts = () => new STSClient({ maxAttempts: 1 });
  const ask = (RoleArn: string, value: string, key = 'empresa_id') =>
    sts().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'x', Tags: [{ Key: key, Value: value }] }));

  it('is opened for a company, and for nothing else', async () => {
    await expect(ask(ROLE, own.id)).resolves.toHaveProperty('Credentials.SessionToken');
    await expect(ask(ROLE, '*')).rejects.toThrow('may not be assumed');
    await expect(ask(ROLE, own.id, 'empresa')).rejects.toThrow('may not be assumed');
    await expect(ask(ROLE.replace('users', 'authorizer'), own.id)).rejects.toThrow('may not be assumed');
  });

  it('is opened once for a company, and again after STS was busy', async () => {
    const { faults } = cloud.cloud;
    faults.sts.resetCounts();
    const company = await cloud.given.aCompany();
    faults.sts.set({ operation: 'AssumeRole', error: 'throttle', times: 2 });
    const session = inSession(company);
    await Promise.all(Array.from({ length: 5 }, () => session.query({ pk: userPartition(company.id) })));
    await inSession(company).query({ pk: userPartition(company.id) });
    expect(faults.sts.counts()).toEqual({ AssumeRole: 3 });
  });

  it('that STS does not give is a table that is busy, for whoever asks', async () => {
    const { faults } = cloud.cloud;
    const company = await cloud.given.aCompany();
    faults.sts.set({ operation: 'AssumeRole', error: 'unavailable', times: 4 });
    const query = { pk: userPartition(company.id) };
    await expect(inSession(company).query(query)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(inSession(company).query(query)).resolves.toEqual({ items: [] });
  });
});
