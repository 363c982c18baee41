import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { headcountKey } from '../../shared/domain/identity/user.keys.ts';
import { UserRepository } from '../../shared/domain/identity/user.repository.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let superadmin: ApiClient;
let home: string;
beforeAll(async () => {
  cloud = await startTestCloud();
  const company = await cloud.given.aCompany();
  home = company.id;
  const { email } = await cloud.given.aUser(company, { es_superadmin: true });
  superadmin = await cloud.client.signIn(email, PASSWORD);
});
afterEach(() => {
  const { faults } = cloud.cloud;
  for (const each of [faults.dynamodb, faults.kms, faults.sqs]) each.clear();
  for (const { fault } of cloud.cloud.partners) fault.set({ fault: null });
});
afterAll(() => cloud.close());

let made = 0;
const anEmail = () => {
  made += 1;
  return `averia${made}@example.com`;
};
const createCompany = (email: string) => superadmin.write('POST', '/api/empresas', { nombre: 'Sol', email });
const createUser = (email: string) => superadmin.write('POST', '/api/usuarios', { email, rol: 'operativo' });
const mailsTo = (email: string) => cloud.mails().filter(({ to }) => to === email);

/** A worker that a test before left with a message delivers on its own time. */
const oneMailTo = (email: string) => vi.waitFor(() => expect(mailsTo(email)).toHaveLength(1), { timeout: 10_000 });

async function nextTry(): Promise<void> {
  cloud.cloud.advanceQueues(3_600_000);
  await cloud.cloud.drain();
}

describe('a company is made', () => {
  it('while KMS is away, and its mail leaves', async () => {
    cloud.cloud.faults.kms.set({ error: 'unavailable', times: 1_000 });
    const email = anEmail();
    expect((await createCompany(email)).status).toBe(201);
    await cloud.cloud.drain();
    await oneMailTo(email);
  });

  it('while the mail service is down; the mail is tried again from the queue', async () => {
    cloud.failMails('down', 2);
    const email = anEmail();
    expect((await createCompany(email)).status).toBe(201);
    await cloud.cloud.drain();
    expect(mailsTo(email)).toEqual([]);
    await nextTry();
    await nextTry();
    await oneMailTo(email);
  });

  it('while the mail service stays down; the mail ends in the dead-letter queue and no sooner', async () => {
    await cloud.deadLetters();
    cloud.failMails('down', 100);
    const answer = await createCompany(anEmail());
    expect(answer.status).toBe(201);
    await cloud.cloud.drain();
    for (let round = 0; round < 10; round += 1) await nextTry();
    const { id } = answer.body.empresa as { id: string };
    const waiting = (await cloud.deadLetters()).filter((body) => body.includes(id));
    expect(waiting).toHaveLength(1);
    const company = await new CompanyRepository(new TenantScope(cloud.table, id)).find();
    expect(company?.activa).toBe(true);
  });

  it('while the queue is away; the sweeper makes up for it', async () => {
    cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
    const email = anEmail();
    expect((await createCompany(email)).status).toBe(201);
    await cloud.cloud.drain();
    expect(mailsTo(email)).toEqual([]);
    cloud.cloud.faults.sqs.clear();
    await cloud.passTime(180);
    await cloud.cloud.runSchedule('stay-ops-local-outbox-sweeper');
    await cloud.cloud.drain();
    await oneMailTo(email);
  });

  it('once, though the answer of the table was lost', async () => {
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'internal', times: 1, carriedOut: true });
    const email = anEmail();
    expect((await createCompany(email)).status).toBe(201);
    await cloud.cloud.drain();
    await oneMailTo(email);
  });
});

describe('a user', () => {
  const users = () => new UserRepository(new TenantScope(cloud.table, home));

  it('is added once, though the answer of the table was lost', async () => {
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'internal', times: 1, carriedOut: true });
    const email = anEmail();
    expect((await createUser(email)).status).toBe(201);
    expect((await users().list()).filter((user) => user.email === email)).toHaveLength(1);
  });

  it('is added wholly or not at all while the table fails, and 503 says when to try again', async () => {
    const before = await cloud.table.get(headcountKey(home), { consistent: true });
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'throttle', times: 1_000 });
    const email = anEmail();
    const answer = await createUser(email);
    expect([answer.status, answer.body.ok, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, false, true]);
    cloud.cloud.faults.dynamodb.clear();
    expect((await users().list()).filter((user) => user.email === email)).toEqual([]);
    expect(await cloud.table.get(headcountKey(home), { consistent: true })).toEqual(before);
    expect((await createUser(email)).status).toBe(201);
  });

  it('is removed although the table throttles five calls', async () => {
    const user = await cloud.given.aUser({ id: home }, { role: 'member' });
    cloud.cloud.faults.dynamodb.set({ error: 'throttle', times: 5 });
    expect((await superadmin.write('DELETE', `/api/usuarios/${user.id}`)).status).toBe(200);
    expect(await users().find(user.id)).toBeUndefined();
  });
});
