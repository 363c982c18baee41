import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { dailyArrivalsWorkbook } from '../../infra/local/demo/daily-arrivals-workbook.ts';
import { type SheetValue, sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { companyEmailLockKey, companyKey, tenantEntryKey } from '../../shared/domain/company/company.keys.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { erasureKey } from '../../shared/domain/erasure/erasure.keys.ts';
import { TENANT_COLLECTIONS } from '../../shared/domain/erasure/tenant-holdings.ts';
import { emailLockKey, usernameLockKey } from '../../shared/domain/identity/user.keys.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { outboxKey } from '../../shared/domain/outbox/outbox.keys.ts';
import { OutboxRepository } from '../../shared/domain/outbox/outbox.repository.ts';
import { templateKey } from '../../shared/domain/template/template.keys.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { tenantPartition } from '../../shared/platform/tenant/tenant-partition.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { aVictim, type Victim } from '../api/isolation-world.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { rowsOf } from '../support/table-rows.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { bulkRows, countsOf, receiptsAbout, tracesOf } from './erasure-world.ts';

const DAY = '2026-06-03';
let cloud: TestCloud;
let operatorEmail: string;

beforeAll(async () => {
  cloud = await startTestCloud({ clock: `${DAY}T10:00:00Z` });
  const home = await cloud.given.aCompany();
  operatorEmail = (await cloud.given.aUser(home, { es_superadmin: true })).email;
});
afterEach(async () => {
  await cloud.cloud.faults.dynamodb.clear();
  cloud.cloud.faults.s3.clear();
  cloud.cloud.faults.sqs.clear();
});
afterAll(() => cloud.close());

/** A superadmin of another company, signed in anew: tests let hours pass. */
const operator = () => cloud.client.as(undefined).signIn(operatorEmail, PASSWORD);

async function erase(companyId: string, by?: ApiClient) {
  return (by ?? (await operator())).write('DELETE', `/api/empresas/${companyId}`);
}

/** Erases while the queue takes nothing, so that everything that follows the answer waits. */
async function eraseWithoutQueue(companyId: string) {
  const by = await operator();
  cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
  const answer = await erase(companyId, by);
  cloud.cloud.faults.sqs.clear();
  return answer;
}

async function passAndSweep(minutes: number): Promise<void> {
  await cloud.passTime(minutes * 60);
  await cloud.cloud.runSchedule('stay-ops-local-outbox-sweeper');
  await cloud.cloud.drain();
}

async function receiptOf(companyId: string): Promise<Record<string, unknown>> {
  const answer = await (await operator()).get(`/api/empresas/borrados/${companyId}`);
  expect(answer.status).toBe(200);
  return answer.body.borrado as Record<string, unknown>;
}

const store = (bucket: 'arrivals' | 'photos' | 'exports') => objectStore(cloud.cloud.info.buckets[bucket]);

/** Something of everything: rows of every collection, objects in every bucket, somebody who has left. */
async function aDoomedTenant(): Promise<Victim> {
  const victim = await aVictim(cloud);
  const scope = new TenantScope(cloud.table, victim.companyId);
  const left = await cloud.given.aUser({ id: victim.companyId }, { role: 'member' });
  const told = { recipient: left.id, verb: 'late_arrival', message: 'Llegada tardía', occasion: 'x' } as const;
  await new NotificationRepository(scope).addOnce([told], systemClock.now());
  expect((await victim.client.write('DELETE', `/api/usuarios/${left.id}`)).status).toBe(200);
  await cloud.cloud.dropArrivals(victim.companyId, 'hoy.xlsx', await dailyArrivalsWorkbook({ checkIn: DAY }));
  await cloud.cloud.drain();
  await cloud.cloud.runSchedule('stay-ops-local-late-checkin');
  await cloud.cloud.drain();
  await store('photos').write(`photos/${victim.companyId}/1/a photo+1.jpg`, 'x', 'image/jpeg');
  await store('exports').write(`exports/${victim.companyId}/informe \u0001\u{1F600}.csv`, 'x', 'text/csv');
  await fillEmptyCollections(victim.companyId);
  return { ...victim, userIds: [...victim.userIds, left.id] };
}

/** A row in each collection that the steps above left empty: whatever a tenant may have has to go. */
async function fillEmptyCollections(companyId: string): Promise<void> {
  const counts = await countsOf(cloud, companyId);
  const empty = TENANT_COLLECTIONS.filter((collection) => counts[collection] === undefined);
  for (const collection of empty) await bulkRows(cloud, companyId, collection, 1);
}

/** What must be nowhere after the company is gone: its id and its people's, and the word in all of its texts. */
const wordsOf = (victim: Victim) => [...victim.ids, ...victim.userIds, victim.companyEmail, 'canario7f3a'];

describe('before the answer', () => {
  let victim: Victim;
  beforeAll(async () => {
    victim = await aDoomedTenant();
    expect(await tracesOf(cloud, [victim.companyId])).not.toEqual([]);
    expect(await eraseWithoutQueue(victim.companyId)).toMatchObject({ status: 200, body: { ok: true } });
  });

  it('company, directory, users, data keys and every name are gone', async () => {
    const rows = await tracesOf(cloud, wordsOf(victim));
    const keys = [
      companyKey(victim.companyId),
      companyEmailLockKey(victim.companyEmail),
      tenantEntryKey(victim.companyId),
    ];
    for (const { pk, sk } of keys) expect(rows).not.toContain(`${pk} / ${sk}`);
    const left = new Set(
      rows.map((row) =>
        row
          .split(' / ')[0]
          ?.split('#')
          .at(row.startsWith('T#') ? 2 : 1),
      ),
    );
    expect([...left].filter((kind) => ['USER', 'DATA_KEY', 'EMAIL', 'USERNAME'].includes(kind ?? ''))).toEqual([]);
  });

  it('while the rest waits for the queue', async () => {
    const rows = await tracesOf(cloud, [victim.companyId]);
    expect(rows.length).toBeGreaterThan(20);
    expect(await receiptOf(victim.companyId)).toMatchObject({ estado: 'vaciando', firma: null, integra: null });
  });

  it('nobody signs in any more, and every session is dead within 60 seconds', async () => {
    const login = await cloud.client.as(undefined).write('POST', '/api/auth/login', {
      email: victim.email,
      password: PASSWORD,
    });
    expect(login.status).toBe(401);
    await cloud.passTime(60);
    expect((await victim.client.get('/api/perfil')).status).toBe(401);
  });

  it('a second call finds no company', async () => {
    expect((await erase(victim.companyId)).status).toBe(404);
  });

  it('the same addresses and names can be taken at once, while the old rows are still there', async () => {
    const by = await operator();
    const made = await by.write('POST', '/api/empresas', { nombre: 'Otra vez', email: victim.companyEmail });
    expect(made.status).toBe(201);
    const { id } = made.body.empresa as { id: string };
    const user = await cloud.given.aUser({ id }, { email: victim.email, username: 'admin.canario7f3a' });
    expect((await tracesOf(cloud, [victim.companyId])).length).toBeGreaterThan(20);

    // The sweeper finds what the queue did not take.
    await passAndSweep(3);
    expect(await tracesOf(cloud, [victim.companyId])).toEqual([]);
    const again = await cloud.client.as(undefined).signIn(victim.email, PASSWORD);
    expect((await again.get('/api/perfil')).body).toMatchObject({ data: { empresa_id: id } });
    expect(await cloud.table.get(usernameLockKey(user.username))).toMatchObject({ empresa_id: id });
    expect((await erase(id)).status).toBe(200);
    await cloud.cloud.drain();
    expect(await tracesOf(cloud, [id, ...wordsOf(victim)])).toEqual([]);
  });
});

describe('who may be erased', () => {
  it('the own company is refused', async () => {
    const by = await operator();
    const { body } = await by.get('/api/empresa');
    const { id } = body.empresa as { id: string };
    const answer = await erase(id, by);
    expect(answer).toMatchObject({ status: 422, body: { ok: false, errors: [expect.stringContaining('propia')] } });
    expect((await by.get('/api/empresa')).status).toBe(200);
  });

  it.each(['3fa85f64-5717-4562-b3fc-2c963f66afa6', '3FA85F64-5717-4562-B3FC-2C963F66AFA6', 'x', '..', '%23'])(
    '%s is not found',
    async (id) => {
      expect((await erase(id)).status).toBe(404);
      expect((await (await operator()).get(`/api/empresas/borrados/${id}`)).status).toBe(404);
    },
  );

  it('two calls at once: one erases, the other finds nothing', async () => {
    const company = await cloud.given.aCompany();
    await cloud.given.aUser(company);
    const by = await operator();
    const answers = await Promise.all([1, 2, 3].map(() => erase(company.id, by)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    await cloud.cloud.drain();
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
    expect(await receiptOf(company.id)).toMatchObject({ filas: { COMPANY: 1, USER: 1 } });
  });
});

describe('when everything has followed', () => {
  it('the stores hold the receipt and nothing else of the tenant, and all of every other', async () => {
    const bystander = await cloud.given.aCompany();
    await cloud.given.aUser(bystander);
    await cloud.given.anApartment(bystander);
    await store('arrivals').write(`results/${bystander.id}/a.json`, '{}', 'application/json');
    const before = await rowsOf(cloud, bystander.id);
    const victim = await aDoomedTenant();
    const expected = await countsOf(cloud, victim.companyId);
    expect(Object.keys(expected)).toEqual(expect.arrayContaining([...TENANT_COLLECTIONS, 'EMAIL', 'USERNAME']));

    expect((await erase(victim.companyId)).status).toBe(200);
    await cloud.cloud.drain();
    expect(await tracesOf(cloud, wordsOf(victim))).toEqual([]);
    const receipt = await receiptOf(victim.companyId);
    expect(receipt).toMatchObject({
      estado: 'terminado',
      google: 'revocada',
      filas: expected,
      objetos: { 'arrivals/': 1, 'results/': 1, 'photos/': 1, 'exports/': 1 },
      integra: true,
    });
    expect(Object.keys(receipt.filas as object).sort()).toEqual(Object.keys(expected).sort());
    const personal = wordsOf(victim).filter((word) => word !== victim.companyId);
    expect(await receiptsAbout(cloud, personal)).toEqual([]);
    expect(await receiptsAbout(cloud, [victim.companyId])).toHaveLength(1);
    expect(await rowsOf(cloud, bystander.id)).toEqual(before);
    expect(await store('arrivals').read(`results/${bystander.id}/a.json`, 10)).toBeDefined();
  });

  it('a company of 5,000 rows goes in portions, counted to the last one, and without a scan', async () => {
    const company = await cloud.given.aCompany();
    await cloud.given.aUser(company);
    const rows = { ARRIVAL: 2_100, NOTIFICATION: 1_500, AUDIT: 1_000, TEMPLATE: 400 };
    for (const [collection, count] of Object.entries(rows)) await bulkRows(cloud, company.id, collection, count);
    await cloud.cloud.faults.dynamodb.resetCounts();
    expect((await erase(company.id)).status).toBe(200);
    await cloud.cloud.drain();
    const { Scan, BatchWriteItem, Query } = await cloud.cloud.faults.dynamodb.counts();
    expect(Scan).toBeUndefined();
    expect(BatchWriteItem).toBeLessThan(5_000 / 25 + 10);
    // A few looks at every collection, and a query for each portion.
    expect(Query).toBeLessThan(4 * TENANT_COLLECTIONS.length + 30);
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
    expect(await receiptOf(company.id)).toMatchObject({ estado: 'terminado', filas: { ...rows, COMPANY: 1, USER: 1 } });
  });

  it('a company of more users than a transaction holds leaves none of their names, before the answer', async () => {
    const company = await cloud.given.aCompany();
    const people = [];
    for (let person = 0; person < 120; person += 1) people.push(await cloud.given.aUser(company));
    expect((await eraseWithoutQueue(company.id)).status).toBe(200);
    const names = people.flatMap(({ email, username }) => [emailLockKey(email), usernameLockKey(username)]);
    for (let at = 0; at < names.length; at += 100) {
      expect(await cloud.table.getMany(names.slice(at, at + 100), { consistent: true })).toEqual([]);
    }
    expect(await receiptOf(company.id)).toMatchObject({ filas: { USER: 120, EMAIL: 120, USERNAME: 120 } });
    await passAndSweep(3);
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
  });
});

describe('receipts', () => {
  it('are listed newest first, page by page', async () => {
    const erased: string[] = [];
    for (let each = 0; each < 3; each += 1) {
      const company = await cloud.given.aCompany();
      await cloud.passTime(1);
      expect((await eraseWithoutQueue(company.id)).status).toBe(200);
      erased.unshift(company.id);
    }
    const by = await operator();
    const listed: string[] = [];
    for (let cursor = ''; listed.length < 3; ) {
      const { status, body } = await by.get(`/api/empresas/borrados?limite=2${cursor}`);
      expect(status).toBe(200);
      listed.push(...(body.borrados as { empresa_id: string }[]).map(({ empresa_id }) => empresa_id));
      cursor = `&cursor=${encodeURIComponent(String(body.siguiente))}`;
    }
    expect(listed.slice(0, 3)).toEqual(erased);
    expect((await by.get('/api/empresas/borrados?cursor=x')).status).toBe(422);
    await passAndSweep(3);
  });

  it('betray whoever changes them in the table', async () => {
    const company = await cloud.given.aCompany();
    await erase(company.id);
    await cloud.cloud.drain();
    expect(await receiptOf(company.id)).toMatchObject({ integra: true });
    const update = { expression: 'SET filas.#kind = :count', names: { '#kind': 'COMPANY' }, values: { ':count': 2 } };
    await cloud.table.write({ kind: 'update', key: erasureKey(company.id), update });
    expect(await receiptOf(company.id)).toMatchObject({ integra: false });
  });
});

describe('writes that race', () => {
  it('an import under way leaves nothing behind', async () => {
    const company = await cloud.given.aCompany();
    const header: SheetValue[] = ['Nombre', 'Check-in', 'Hora', 'Apartamento'];
    const guests = Array.from({ length: 500 }, (_, guest) => [`Huésped ${guest}`, DAY, '22:00', 'Casa']);
    await cloud.given.lateCheckin(company, {
      ...{ col_nombre: '', col_checkin: '', col_hora_llegada: '', col_telefono: '', col_apartamento: '' },
    });
    await cloud.cloud.dropArrivals(company.id, 'a.xlsx', await sheetWorkbook([header, ...guests]));
    const pk = tenantPartition(company.id, 'ARRIVAL');
    const rows = async () => (await cloud.table.query({ pk, limit: 1, consistent: true })).items.length;
    await vi.waitUntil(async () => (await rows()) > 0, { interval: 5, timeout: 20_000 });
    expect((await erase(company.id)).status).toBe(200);
    await cloud.cloud.drain();
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
    expect(await receiptOf(company.id)).toMatchObject({ estado: 'terminado', integra: true });
  });

  it('what a straggler writes after the end goes at the last look, and the receipt tells of it', async () => {
    const company = await cloud.given.aCompany();
    await erase(company.id);
    await cloud.cloud.drain();
    const first = await receiptOf(company.id);
    await cloud.table.write({ kind: 'put', item: { ...templateKey(company.id, 'late'), contenido: 'x' } });
    await store('arrivals').write(`results/${company.id}/late.json`, '{}', 'application/json');

    // Too early: a message that comes by accident changes nothing.
    await send({ erasure_of: company.id });
    await cloud.cloud.drain();
    expect(await receiptOf(company.id)).toEqual(first);
    await passAndSweep(76);
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
    const last = await receiptOf(company.id);
    expect(last).toMatchObject({
      estado: 'comprobado',
      comprobado: last.terminado,
      filas: { TEMPLATE: 1 },
      objetos: { 'results/': 1 },
      integra: true,
    });
    expect(last.solicitado).toBe(first.solicitado);
    expect(last.terminado).not.toBe(first.terminado);
    // Nothing is due any more.
    await cloud.table.write({ kind: 'put', item: { ...templateKey(company.id, 'much later'), contenido: 'x' } });
    await send({ erasure_of: company.id });
    await passAndSweep(600);
    expect(await receiptOf(company.id)).toEqual(last);
    await cloud.table.deleteMany([templateKey(company.id, 'much later')]);
  });

  it('a last look that finds nothing leaves the end as it was', async () => {
    const company = await cloud.given.aCompany();
    await erase(company.id);
    await cloud.cloud.drain();
    const first = await receiptOf(company.id);
    await passAndSweep(76);
    const last = await receiptOf(company.id);
    const { comprobado, firma, ...rest } = last;
    expect({ ...rest, estado: 'terminado' }).toEqual(without(first, 'comprobado', 'firma'));
    expect(comprobado).not.toBeNull();
    expect(firma).not.toEqual(first.firma);
    expect(last.integra).toBe(true);
  });
});

function without(receipt: Record<string, unknown>, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(receipt).filter(([name]) => !names.includes(name)));
}

async function send(...messages: readonly object[]): Promise<void> {
  const client = new SQSClient();
  const QueueUrl = cloud.cloud.info.queues['stay-ops-local-work'];
  const sending = messages.map((message) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) })),
  );
  await Promise.all(sending);
  client.destroy();
}

describe('messages', () => {
  it('that come many times at once count nothing twice', async () => {
    const company = await cloud.given.aCompany();
    await cloud.given.aUser(company);
    await bulkRows(cloud, company.id, 'ARRIVAL', 1_500);
    expect((await eraseWithoutQueue(company.id)).status).toBe(200);
    await send(...Array.from({ length: 12 }, () => ({ erasure_of: company.id })));
    await cloud.cloud.drain();
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
    expect(await receiptOf(company.id)).toMatchObject({ estado: 'terminado', filas: { ARRIVAL: 1_500, USER: 1 } });
  });

  it('about the outbox of a company that is gone are harmless', async () => {
    const company = await cloud.given.aCompany();
    const content = { to: company.email, subject: 'x', text: 'x' };
    const entry = new OutboxRepository(new TenantScope(cloud.table, company.id)).additionOf(
      { id: 'out_1', kind: 'mail', content },
      systemClock.now(),
    );
    await cloud.table.transact([entry]);
    const by = await operator();
    await erase(company.id, by);
    await cloud.cloud.drain();
    await send({ empresa_id: company.id, outbox_id: 'out_1' });
    await cloud.cloud.drain();
    expect(cloud.mails().filter(({ to }) => to === company.email)).toEqual([]);
    expect(await tracesOf(cloud, [company.id, company.email])).toEqual([]);
  });

  it('a mail that was being sent meanwhile brings no row back', async () => {
    const company = await cloud.given.aCompany();
    const outbox = new OutboxRepository(new TenantScope(cloud.table, company.id));
    const content = { to: company.email, subject: 'x', text: 'x' };
    for (const id of ['out_1', 'out_2']) {
      await cloud.table.transact([outbox.additionOf({ id, kind: 'mail', content }, systemClock.now())]);
    }
    const leases = await Promise.all(['out_1', 'out_2'].map((id) => outbox.lease(id, systemClock.now(), 45_000)));
    await cloud.table.deleteMany(['out_1', 'out_2'].map((id) => outboxKey(company.id, id)));
    await outbox.settle('out_1', 'entregado', systemClock.now());
    const [, second] = leases;
    if (second?.kind === 'leased') await outbox.release(second.entry, systemClock.now());
    expect(second?.kind).toBe('leased');
    expect(await tracesOf(cloud, ['out_1', 'out_2'])).toEqual([]);
  });

  it('of no form that we know end among the dead letters, and hold nobody up', async () => {
    const company = await cloud.given.aCompany();
    await eraseWithoutQueue(company.id);
    await send({ erasure_of: 7 }, { erasure_of: 'x' }, { erasure_of: company.id });
    await cloud.cloud.drain();
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
  });
});

describe('when something underneath fails', () => {
  async function aTenantWithRows(): Promise<Company> {
    const company = await cloud.given.aCompany();
    await cloud.given.aUser(company);
    await bulkRows(cloud, company.id, 'ARRIVAL', 300);
    for (const name of ['a', 'b']) await store('photos').write(`photos/${company.id}/${name}.jpg`, 'x', 'image/jpeg');
    return company;
  }

  async function expectClean(company: Company): Promise<void> {
    expect(await tracesOf(cloud, [company.id, company.email])).toEqual([]);
    expect(await receiptOf(company.id)).toMatchObject({
      estado: 'terminado',
      filas: { COMPANY: 1, COMPANY_EMAIL: 1, TENANTS: 1, USER: 1, ARRIVAL: 300 },
      objetos: { 'photos/': 2 },
      integra: true,
    });
  }

  it('the table while the company is closed: the call says so, the next one goes on', async () => {
    const company = await aTenantWithRows();
    const by = await operator();
    await cloud.cloud.faults.dynamodb.set({ operation: 'DeleteItem', error: 'internal', times: 1_000 });
    expect((await erase(company.id, by)).status).toBe(503);
    await cloud.cloud.faults.dynamodb.clear();
    expect(await receiptOf(company.id)).toMatchObject({ estado: 'cerrando' });
    expect((await erase(company.id)).status).toBe(200);
    expect((await erase(company.id)).status).toBe(404);
    await cloud.cloud.drain();
    await expectClean(company);
  });

  it('nobody calls again: the sweeper closes the company too', async () => {
    const company = await aTenantWithRows();
    const by = await operator();
    await cloud.cloud.faults.dynamodb.set({ operation: 'DeleteItem', error: 'internal', times: 1_000 });
    expect((await erase(company.id, by)).status).toBe(503);
    await cloud.cloud.faults.dynamodb.clear();
    await passAndSweep(3);
    await expectClean(company);
    expect((await erase(company.id)).status).toBe(404);
  });

  it('the table before anything was written: the company lives', async () => {
    const company = await aTenantWithRows();
    const by = await operator();
    await cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'throttle', times: 8 });
    expect((await erase(company.id, by)).status).toBe(503);
    expect(await cloud.table.get(companyKey(company.id))).toBeDefined();
    expect((await (await operator()).get(`/api/empresas/borrados/${company.id}`)).status).toBe(404);
    expect((await erase(company.id)).status).toBe(200);
    await cloud.cloud.drain();
    await expectClean(company);
  });

  it('answers of the table that are lost: repeats count nothing twice', async () => {
    const company = await aTenantWithRows();
    const by = await operator();
    for (const operation of ['TransactWriteItems', 'UpdateItem', 'BatchWriteItem', 'DeleteItem']) {
      await cloud.cloud.faults.dynamodb.set({ operation, error: 'drop', times: 3, carriedOut: true });
    }
    expect((await erase(company.id, by)).status).toBe(200);
    await cloud.cloud.drain();
    await expectClean(company);
  });

  it.each(['ListObjectsV2', 'DeleteObjects'])('the bucket at %s: a later turn goes on', async (operation) => {
    const company = await aTenantWithRows();
    cloud.cloud.faults.s3.set({ operation, error: 'unavailable', times: 1_000 });
    expect((await erase(company.id)).status).toBe(200);
    await cloud.cloud.drain();
    expect(await receiptOf(company.id)).toMatchObject({ estado: 'vaciando', filas: { ARRIVAL: 300 } });
    expect((await tracesOfObjects(company)).length).toBe(2);
    cloud.cloud.faults.s3.clear();
    await passAndSweep(3);
    await expectClean(company);
  });

  it('the table in the middle of a portion: what was counted is not counted again', async () => {
    const company = await aTenantWithRows();
    const by = await operator();
    expect((await eraseWithoutQueue(company.id)).status).toBe(200);
    // Of twelve batches some pass, then a call fails for good.
    await cloud.cloud.faults.dynamodb.set({ operation: 'BatchWriteItem', error: 'internal', times: 40 });
    await passAndSweep(3);
    await cloud.cloud.faults.dynamodb.clear();
    expect(await by.get(`/api/empresas/borrados/${company.id}`)).toMatchObject({ status: 200 });
    await passAndSweep(3);
    await expectClean(company);
  });

  async function tracesOfObjects(company: Company): Promise<readonly string[]> {
    cloud.cloud.faults.s3.clear();
    return (await tracesOf(cloud, [company.id])).filter((trace) => trace.startsWith('photos:'));
  }
});
