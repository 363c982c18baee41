import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GOOGLE_ACCOUNT } from '../../infra/local/partners/google-world.ts';
import { SMOOBU_ACCOUNT } from '../../infra/local/partners/pms-smoobu.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import {
  contactLinksPartition,
  contactLockKey,
  pendingContactsPartition,
} from '../../shared/domain/contact-sync/contact-sync.keys.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { Google, syncContacts } from '../support/google.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let google: Google;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-01T10:00:00Z' });
  google = new Google(cloud);
});
afterAll(() => cloud.close());

let company: Company;
let email: string;
let admin: ApiClient;
const signIn = async () => {
  admin = await cloud.client.signIn(email, PASSWORD);
};
beforeEach(async () => {
  await cloud.setTime('2026-06-01T10:00:00Z');
  for (const partner of cloud.cloud.partners) partner.reset();
  company = await cloud.given.aCompany();
  email = (await cloud.given.aUser(company)).email;
  await signIn();
  await google.connect(admin);
});

function sync(guests: number, name = 'Ana'): Promise<ApiAnswer> {
  const row = (_: unknown, n: number) => [`${name} ${n}`, `6${String(n).padStart(8, '0')}`] as const;
  return syncContacts(admin, Array.from({ length: guests }, row));
}

const status = async () => (await admin.get('/api/contactos/google/status')).body.google;
const newest = async () => {
  const { sincronizaciones } = (await admin.get('/api/contactos/sincronizaciones')).body;
  return (sincronizaciones as Record<string, unknown>[])[0];
};
const rows = async (pk: string) => (await cloud.table.query({ pk, consistent: true })).items;

/** Lets the queue bring back what waits, and everything that follows be done. */
async function later(seconds: number): Promise<void> {
  await cloud.passTime(seconds);
  cloud.cloud.advanceQueues(seconds * 1000);
  await cloud.cloud.drain();
}

describe('a grant that Google has ended', () => {
  it('is one sentence and not two thousand, and the connection shows as broken', async () => {
    google.set({ grants: [] });
    const answer = await sync(2_000);
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        ok: false,
        errors: [
          'Google ya no acepta la conexión: el permiso se ha retirado o ha caducado. Conecta la cuenta de nuevo.',
        ],
      },
    ]);
    expect(google.people.calls()).toBe(1);
    expect(await status()).toEqual({ conectado: false, reconectar: true, motivo: 'revocada' });
    const { data } = (await admin.get('/api/perfil/integraciones')).body as { data: { google: object } };
    expect(data.google).toEqual({ configurado: false });
    expect((await sync(1)).body.errors).toEqual([
      'Google no está conectado. Conecta una cuenta de Google en el perfil.',
    ]);
  });

  it('is connected anew and goes on', async () => {
    google.set({ grants: [] });
    await sync(1);
    await google.connect(admin);
    expect((await sync(1)).body.resultado).toMatchObject({ nuevos: 1 });
    expect(await status()).toMatchObject({ conectado: true });
  });
});

describe('an access token', () => {
  it('that has ended is replaced once, and the new one is kept', async () => {
    await cloud.passTime(3_600);
    await signIn();
    await sync(1);
    const refreshes = () => google.oauth.recorded().filter(({ path }) => path === '/token').length;
    const before = refreshes();
    expect((await sync(2)).status).toBe(200);
    expect(refreshes()).toBe(before);
  });

  it('that Google no longer takes is replaced in the middle', async () => {
    google.people.fault.set({ fault: '401', times: 1 });
    expect((await sync(1)).body.resultado).toMatchObject({ nuevos: 1 });
  });
});

describe('a sync token that is too old', () => {
  it('means a full read, and nothing is created twice', async () => {
    await sync(3);
    google.set({ expired_sync_tokens: true });
    const before = google.people.calls();
    expect((await sync(3)).body.resultado).toEqual({ total: 3, nuevos: 0, actualizados: 0 });
    expect(google.people.calls() - before).toBe(2);
    expect(google.contacts()).toHaveLength(3);
  });
});

describe('a contact that changes while it is written', () => {
  it.each(['status', '400', '412'] as const)('is read again and written once more (told as %s)', async (as) => {
    await sync(3, 'Ana');
    google.set({ conflicts: { times: 1, as } });
    expect((await sync(3, 'Berta')).body.resultado).toEqual({ total: 3, nuevos: 0, actualizados: 3 });
    expect(google.contacts().map(({ givenName }) => givenName.slice(0, 10))).toEqual(Array(3).fill('-  - Berta'));
  });

  it('again and again is a warning that names the guest, and the rest is done', async () => {
    await sync(3, 'Ana');
    google.set({ conflicts: { times: 4, as: 'status' } });
    const { body } = await sync(3, 'Berta');
    const sentence = 'El contacto ha cambiado en Google a la vez. Vuelve a sincronizar.';
    expect(body.resultado).toMatchObject({ nuevos: 0, actualizados: 2 });
    expect(body.warnings).toEqual([expect.stringMatching(/^Berta \d: /)]);
    expect(body.resultado).toMatchObject({ advertencias: body.warnings });
    expect(await newest()).toMatchObject({ estado: 'parcial', advertencias: [`1 sin guardar: ${sentence}`] });
    expect(JSON.stringify(await newest())).not.toContain('Berta');
  });
});

describe("Google's quota", () => {
  it('sends the sync to the queue, where it goes on when Google said so', async () => {
    google.people.fault.set({ fault: '429', path: 'batchCreate', after: 1, headers: { 'retry-after': '30' } });
    const answer = await sync(450);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      resultado: { total: 450, nuevos: 200, actualizados: 0 },
      sincronizacion: { estado: 'en_curso', contactos: 450, nuevos: 200, fin: null },
    });
    const { id } = answer.body.sincronizacion as { id: string };
    expect((await admin.get(`/api/contactos/sincronizaciones/${id}`)).body.sincronizacion).toMatchObject({
      estado: 'en_curso',
      nuevos: 200,
    });
    google.people.fault.set({ fault: null });
    await later(31);
    expect(await newest()).toMatchObject({ id, estado: 'exito', total: 450, nuevos: 450, actualizados: 0 });
    expect(google.contacts()).toHaveLength(450);
  });

  it('leaves of a workbook only what is sealed, and nothing once it is done', async () => {
    google.people.fault.set({ fault: '429', path: 'batchCreate' });
    await sync(3);
    const waiting = await rows(pendingContactsPartition(company.id));
    expect(waiting).toHaveLength(1);
    expect(JSON.stringify(waiting)).not.toMatch(/Ana|600000000/);
    expect(Number(waiting[0]?.expires_at) * 1000).toBe(Date.parse(String((await newest())?.inicio)) + 3_600_000);
    google.people.fault.set({ fault: null });
    await later(61);
    expect(await newest()).toMatchObject({ estado: 'exito', nuevos: 3 });
    expect(await rows(pendingContactsPartition(company.id))).toEqual([]);
  });

  it('that does not end within an hour ends the sync, and lets the next one in', async () => {
    google.people.fault.set({ fault: '429', headers: { 'retry-after': '900' } });
    await sync(1);
    for (let turn = 0; turn < 5; turn += 1) await later(901);
    await signIn();
    expect(await newest()).toMatchObject({ estado: 'error', error: expect.stringMatching(/una hora/) });
    google.people.fault.set({ fault: null });
    expect((await sync(1)).body.resultado).toMatchObject({ nuevos: 1 });
  });
});

describe('an answer that is lost', () => {
  it('after Google has created contacts creates none of them twice', async () => {
    google.people.fault.set({ fault: 'half_page', path: 'batchCreate', times: 1 });
    const answer = await sync(250);
    expect(answer.status).toBe(202);
    expect(google.contacts()).toHaveLength(200);
    await later(120);
    expect(google.contacts()).toHaveLength(200);
    await later(200);
    expect(await newest()).toMatchObject({ estado: 'exito', contactos: 250 });
    expect(google.contacts()).toHaveLength(250);
    expect(new Set(google.contacts().map(({ phoneNumbers }) => phoneNumbers[0]?.value)).size).toBe(250);
  });

  it('while Google is down is tried again later', async () => {
    google.people.fault.set({ fault: 'down' });
    expect((await sync(2)).status).toBe(202);
    google.people.fault.set({ fault: null });
    await later(61);
    expect(await newest()).toMatchObject({ estado: 'exito', nuevos: 2 });
  });
});

describe('two syncs at once (D-48)', () => {
  it('are one, and the other is told so', async () => {
    google.people.fault.set({ fault: 'slow', path: 'connections', delay_ms: 1_000, times: 1 });
    const answers = await Promise.all([sync(30), sync(30)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body.errors).toEqual([
      'Ya hay una sincronización de contactos en curso. Espera a que termine.',
    ]);
    expect(google.contacts()).toHaveLength(30);
    expect(await cloud.table.get(contactLockKey(company.id))).toBeUndefined();
  });

  it('a message that comes twice changes nothing', async () => {
    google.people.fault.set({ fault: '429', path: 'batchCreate', times: 1, headers: { 'retry-after': '5' } });
    await sync(5);
    await cloud.passTime(6);
    const [entry] = (await rows(`T#${company.id}#OUTBOX`)).filter(({ kind }) => kind === 'contact-sync');
    const body = JSON.stringify({ empresa_id: company.id, outbox_id: entry?.id });
    const record = (messageId: string) => ({ messageId, body, receiptHandle: messageId, attributes: {} });
    const call = (id: string) => cloud.invoke('contact-sync-worker', { Records: [record(id)] });
    await Promise.all([call('a'), call('b')]);
    await call('c');
    expect(google.contacts()).toHaveLength(5);
    expect(await newest()).toMatchObject({ estado: 'exito', nuevos: 5 });
  });
});

describe('what rests with us', () => {
  it('of the contacts is prints, never a name or a number (ruling 8)', async () => {
    google.set({
      accounts: [
        { email: GOOGLE_ACCOUNT, contacts: [{ givenName: 'Secreta', phoneNumbers: [{ value: '+34699888777' }] }] },
      ],
    });
    await sync(2);
    const links = JSON.stringify(await rows(contactLinksPartition(company.id)));
    expect(links.length).toBeGreaterThan(100);
    expect(links).not.toMatch(/Secreta|699888777|Ana|600000000/);
  });
});

describe('numbers of calls', () => {
  it('2,000 contacts of which a tenth has changed take at most 40 calls of the People API', async () => {
    await sync(2_000);
    for (let turn = 0; turn < 3 && (await newest())?.estado === 'en_curso'; turn += 1) await later(1);
    expect(await newest()).toMatchObject({ estado: 'exito', nuevos: 2_000 });
    google.change(GOOGLE_ACCOUNT, (contacts) =>
      contacts.map((one, n) => (n % 10 === 0 ? { ...one, givenName: 'Renombrado' } : one)),
    );
    const before = google.people.calls();
    const answer = await sync(2_000);
    expect(answer.body.resultado).toEqual({ total: 2_000, nuevos: 0, actualizados: 200 });
    const calls = google.people.calls() - before;
    console.log(`People API calls for 2,000 contacts, 200 changed: ${calls}`);
    expect(calls).toBeLessThanOrEqual(40);
  });
});

describe('the PMS', () => {
  const connectPms = () =>
    admin.write('PUT', '/api/perfil/integraciones/pms', {
      proveedor: 'smoobu',
      api_key: `${SMOOBU_ACCOUNT.key}:${SMOOBU_ACCOUNT.secret}`,
    });
  const reservation = (id: number, phone: string, more: object = {}) => ({
    id,
    arrival: '2026-06-10',
    departure: '2026-06-12',
    firstname: 'Ana',
    lastname: `Serra ${id}`,
    phone,
    apartment: { id: 1, name: 'Sol' },
    ...more,
  });

  beforeEach(async () => {
    await connectPms();
    const reservations = [
      reservation(1, '+34 600 111 222'),
      reservation(2, ''),
      reservation(3, '600111333', { type: 'cancellation' }),
    ];
    cloud.cloud.partners
      .find(({ name }) => name === 'smoobu')
      ?.data?.merge({ apartments: [{ id: 1, name: 'Sol' }], reservations });
  });

  it('brings its guests to Google, filed by surname', async () => {
    const answer = await admin.write('POST', '/api/contactos/sincronizacion');
    expect(answer.body).toMatchObject({ resultado: { nuevos: 1, actualizados: 0 } });
    expect(google.contacts().map(({ givenName }) => givenName)).toEqual(['260610 - Sol - Serra 1, Ana']);
  });

  it('brings them into a file', async () => {
    const answer = await admin.write('POST', '/api/contactos/exportacion/csv', { desde: '2026-06-01' });
    expect(answer.text.split('\r\n')[1]).toBe('"260610 - Sol - Serra 1, Ana",,,* myContacts,,,,+34600111222,');
  });

  it('that cannot be read is one sentence, and a line in the log', async () => {
    cloud.cloud.partners.find(({ name }) => name === 'smoobu')?.fault.set({ fault: '401' });
    const answer = await admin.write('POST', '/api/contactos/sincronizacion');
    expect([answer.status, (answer.body.errors as string[])[0]]).toEqual([400, expect.stringMatching(/Smoobu/)]);
    expect(await newest()).toMatchObject({ estado: 'error', error: expect.stringMatching(/Smoobu/) });
    expect(await status()).toMatchObject({ conectado: true, ultimo_sync: '2026-06-01T10:00:00+00:00' });
  });
});

describe('erasing a company', () => {
  it('ends its grant at Google before it answers', async () => {
    const other = await cloud.given.aCompany();
    const root = await cloud.given.aUser(other, { es_superadmin: true });
    const superadmin = await cloud.client.signIn(root.email, PASSWORD);
    expect((await superadmin.write('DELETE', `/api/empresas/${company.id}`)).status).toBe(200);
    expect(google.data.grants).toEqual([]);
    const { body } = await superadmin.get(`/api/empresas/borrados/${company.id}`);
    expect(JSON.stringify(body)).toContain('"google":"revocada"');
  });

  it('does not wait for Google, and says so', async () => {
    const other = await cloud.given.aCompany();
    const root = await cloud.given.aUser(other, { es_superadmin: true });
    const superadmin = await cloud.client.signIn(root.email, PASSWORD);
    google.oauth.fault.set({ fault: 'slow', delay_ms: 20_000 });
    expect((await superadmin.write('DELETE', `/api/empresas/${company.id}`)).status).toBe(200);
    const { body } = await superadmin.get(`/api/empresas/borrados/${company.id}`);
    expect(JSON.stringify(body)).toContain('"google":"sin_respuesta"');
  });
});
