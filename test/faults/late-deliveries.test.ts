import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../infra/local/demo/daily-arrivals-workbook.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const DAY = '2026-06-03';
const CHANNEL = '/api/perfil/integraciones/discord';
const WEBHOOK = 'https://discord.com/api/webhooks/42/canal-de-la-empresa';
const LATE = '/api/notificaciones/checkin-tardio';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: `${DAY}T10:00:00Z` });
});
afterAll(() => cloud.close());
beforeEach(() => {
  for (const partner of cloud.cloud.partners) partner.reset();
});

function discord() {
  const found = cloud.cloud.partners.find(({ name }) => name === 'discord');
  if (found === undefined) throw new Error('There is no stand-in for Discord');
  return found;
}

interface Posted {
  readonly webhook: string;
  readonly allowed_mentions: unknown;
  readonly embeds: readonly { title: string; description: string }[];
}
const posted = () => (discord().data?.get() as { posted: readonly Posted[] } | undefined)?.posted ?? [];

interface Tenant {
  readonly company: Company;
  readonly client: ApiClient;
}

/** Eleven arrivals of today, three of them late. */
async function aTenant(channel: string | null = WEBHOOK): Promise<Tenant> {
  const company = await cloud.given.aCompany();
  await cloud.given.lateCheckin(company);
  await cloud.given.anApartment(company, { nombre: 'Casa *del* Faro', id_pms: '4', direccion: 'Calle Mar, 1' });
  const admin = await cloud.given.aUser(company);
  const client = await cloud.client.signIn(admin.email, PASSWORD);
  if (channel !== null) await client.write('PUT', CHANNEL, { webhook_url: channel });
  const bytes = await dailyArrivalsWorkbook({ checkIn: DAY });
  const drops = objectStore(cloud.cloud.info.buckets.arrivals);
  await drops.write(`arrivals/${company.id}/hoy.xlsx`, bytes, 'application/octet-stream');
  await cloud.cloud.drain();
  return { company, client };
}

interface Delivery {
  readonly id: string | null;
  readonly canal: string;
  readonly estado: string;
  readonly intentos: number;
}

/** Deliveries of the newest run that told somebody. */
async function deliveriesOf({ client }: Tenant): Promise<readonly Delivery[]> {
  const { body } = await client.get(`${LATE}/ejecuciones`);
  const runs = body.ejecuciones as { notificadas: number; entregas: Delivery[] }[];
  return runs.find(({ notificadas }) => notificadas > 0)?.entregas ?? [];
}
const statesOf = async (tenant: Tenant) =>
  (await deliveriesOf(tenant)).map(({ canal, estado, intentos }) => [canal, estado, intentos]);

const idOf = async (tenant: Tenant, canal: string) =>
  (await deliveriesOf(tenant)).find((delivery) => delivery.canal === canal)?.id;

const mailsTo = ({ company }: Tenant) => cloud.mails().filter(({ to }) => to === company.email);
const retry = ({ client }: Tenant, id: string | null | undefined) =>
  client.write('POST', `${LATE}/entregas/${id}/reintento`);

/** Lets the queue bring its messages back so many times. */
async function wait(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    cloud.cloud.advanceQueues(3_600_000);
    await cloud.cloud.drain();
  }
}

/** Lets the queue bring its messages back until a channel's delivery has come to some end. */
async function untilEnd(tenant: Tenant, canal: string): Promise<void> {
  const waits = async () =>
    (await deliveriesOf(tenant)).some((one) => one.canal === canal && one.estado === 'pendiente');
  for (let time = 0; time < 20 && (await waits()); time += 1) await wait(1);
}

describe('late arrivals in the company’s Discord channel', () => {
  it('come once, with apartment and hour and no guest, however often the run does', async () => {
    const tenant = await aTenant();
    await Promise.all([cloud.runLateCheckin(), cloud.runLateCheckin()]);
    await cloud.runLateCheckin();
    expect(posted()).toMatchObject([{ webhook: 'canal-de-la-empresa', allowed_mentions: { parse: [] } }]);
    const [card] = posted()[0]?.embeds ?? [];
    expect(card?.title).toBe('3 llegadas tardías · 3 de junio de 2026');
    const names = String.raw`**22:00** · Casa \*del\* Faro`;
    expect(card?.description.split('\n').sort()).toEqual(['**20:00** · {71}', '**21:00** · {33}', names]);
    expect(JSON.stringify(posted())).not.toMatch(/Ferr|Luc/);
    expect(mailsTo(tenant)).toHaveLength(1);
    expect(await statesOf(tenant)).toEqual([
      ['app', 'entregado', 1],
      ['correo', 'entregado', 1],
      ['discord', 'entregado', 1],
    ]);
  });

  it('are not sent where there is none, or where it is gone when the card would leave', async () => {
    const without = await aTenant(null);
    const gone = await aTenant();
    discord().fault.set({ fault: 'down', times: 1 });
    await cloud.runLateCheckin();
    await gone.client.write('DELETE', CHANNEL);
    await untilEnd(gone, 'discord');
    expect(posted()).toEqual([]);
    expect((await statesOf(without)).map(([canal]) => canal)).toEqual(['app', 'correo']);
    expect(await statesOf(gone)).toContainEqual(['discord', 'rechazado', 2]);
  });
});

describe('a delivery that failed', () => {
  it('shows its tries, is given up, and leaves when an admin tries it again', async () => {
    const tenant = await aTenant();
    discord().fault.set({ fault: 'down' });
    await cloud.runLateCheckin();
    expect(await statesOf(tenant)).toContainEqual(['discord', 'pendiente', 1]);
    await untilEnd(tenant, 'discord');
    expect(await statesOf(tenant)).toContainEqual(['discord', 'fallido', 5]);
    expect(mailsTo(tenant)).toHaveLength(1);
    discord().fault.set({ fault: null });
    const id = await idOf(tenant, 'discord');
    expect((await retry(tenant, id)).body.entrega).toMatchObject({ id, estado: 'pendiente', intentos: 0 });
    await cloud.cloud.drain();
    await untilEnd(tenant, 'discord');
    expect(await statesOf(tenant)).toContainEqual(['discord', 'entregado', 1]);
    expect((await retry(tenant, id)).body.entrega).toMatchObject({ id, estado: 'entregado' });
    await wait(1);
    expect(posted()).toHaveLength(1);
    const { body } = await tenant.client.get('/api/auditoria');
    const told = (body.entradas as { accion: string; entidad_id: string }[]).filter(
      ({ entidad_id }) => entidad_id === id,
    );
    expect(told.map(({ accion }) => accion)).toEqual(['entrega.reintentar']);
  });

  it('is a mail likewise, and ten calls at once try it once', async () => {
    const tenant = await aTenant(null);
    cloud.failMails('down', 5);
    await cloud.runLateCheckin();
    await untilEnd(tenant, 'correo');
    expect(await statesOf(tenant)).toContainEqual(['correo', 'fallido', 5]);
    const id = await idOf(tenant, 'correo');
    const answers = await Promise.all(Array.from({ length: 10 }, () => retry(tenant, id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await untilEnd(tenant, 'correo');
    await wait(1);
    expect(mailsTo(tenant)).toHaveLength(1);
    expect(await statesOf(tenant)).toContainEqual(['correo', 'entregado', 1]);
  });

  it('that the service has refused cannot be tried again, and says what to do', async () => {
    const tenant = await aTenant();
    discord().data?.merge({ deleted: ['canal-de-la-empresa'] });
    await cloud.runLateCheckin();
    await untilEnd(tenant, 'discord');
    expect(await statesOf(tenant)).toContainEqual(['discord', 'rechazado', 1]);
    const answer = await retry(tenant, await idOf(tenant, 'discord'));
    expect([answer.status, answer.body.errors]).toEqual([409, [expect.stringContaining('la siguiente revisión')]]);
  });

  it('is reached by its own id alone', async () => {
    const tenant = await aTenant();
    const other = await aTenant(null);
    await cloud.runLateCheckin();
    const theirs = await idOf(other, 'correo');
    for (const id of [theirs, 'out_1', 'x'.repeat(101)]) expect((await retry(tenant, id)).status).toBe(404);
  });
});
