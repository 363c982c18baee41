import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../infra/local/demo/daily-arrivals-workbook.ts';
import { SMOOBU_ACCOUNT } from '../../infra/local/partners/pms-smoobu.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { TemplateRepository } from '../../shared/domain/template/template.repository.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const DAY = '2026-06-03';
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: `${DAY}T10:00:00Z` });
});
afterAll(() => cloud.close());

interface Tenant {
  readonly company: Company;
  readonly admin: User;
  readonly manager: User;
  readonly member: User;
}

async function aTenantWithArrivals(wanted: Partial<Company> = {}): Promise<Tenant> {
  const company = await cloud.given.aCompany(wanted);
  await cloud.given.lateCheckin(company);
  await cloud.given.anApartment(company, { nombre: 'Casa del Faro', id_pms: '4', direccion: 'Calle Mar, 1' });
  const admin = await cloud.given.aUser(company, { role: 'admin' });
  const manager = await cloud.given.aUser(company, { role: 'manager' });
  const member = await cloud.given.aUser(company, { role: 'member' });
  const key = `arrivals/${company.id}/hoy.xlsx`;
  const bytes = await dailyArrivalsWorkbook({ checkIn: DAY });
  await objectStore(cloud.cloud.info.buckets.arrivals).write(key, bytes, 'application/octet-stream');
  await cloud.cloud.drain();
  return { company, admin, manager, member };
}

async function messagesOf(company: Company, user: User): Promise<string[]> {
  const found = await new NotificationRepository(new TenantScope(cloud.table, company.id)).list(user.id);
  return found.map(({ message }) => message).sort();
}

async function runsOf({ admin }: Tenant): Promise<Record<string, unknown>[]> {
  const client = await cloud.client.signIn(admin.email, PASSWORD);
  const answer = await client.get('/api/notificaciones/checkin-tardio/ejecuciones');
  return answer.body.ejecuciones as Record<string, unknown>[];
}

const mailsTo = (company: Company) => cloud.mails().filter(({ to }) => to === company.email);

const LATE = [
  'Llegada tardía en Casa del Faro a las 22:00',
  'Llegada tardía en {33} a las 21:00',
  'Llegada tardía en {71} a las 20:00',
];

describe('the scheduled run', () => {
  it('tells every admin and manager once of each late arrival, and sends one digest', async () => {
    const tenant = await aTenantWithArrivals();
    await cloud.runLateCheckin();
    expect(await messagesOf(tenant.company, tenant.admin)).toEqual([...LATE].sort());
    expect(await messagesOf(tenant.company, tenant.manager)).toEqual([...LATE].sort());
    expect(await messagesOf(tenant.company, tenant.member)).toEqual([]);
    const [mail, ...others] = mailsTo(tenant.company);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe(`3 llegadas tardías · 3 de junio de 2026 · ${tenant.company.nombre}`);
    expect(mail?.text).toContain('Lucía Ferrándiz Mora');
    expect(await runsOf(tenant)).toEqual([
      {
        id: expect.stringMatching(/^run_/),
        inicio: expect.stringMatching(/\+00:00$/),
        fin: expect.any(String),
        fecha_servicio: DAY,
        llegadas: 11,
        tardias: 3,
        desconocidas: 2,
        notificadas: 3,
        errores: [],
        fuentes: [
          expect.objectContaining({ fuente: 'ficheros', estado: 'leida', reservas: 11 }),
          expect.objectContaining({ fuente: 'reservas', estado: 'leida', reservas: 0 }),
        ],
        entregas: [
          { id: null, canal: 'app', estado: 'entregado', intentos: 1, terminada: expect.any(String) },
          {
            id: expect.stringMatching(/^out_/),
            canal: 'correo',
            estado: 'entregado',
            intentos: 1,
            terminada: expect.any(String),
          },
        ],
      },
    ]);
  });

  it('repeated, or five times at once, notifies nobody twice', async () => {
    const tenant = await aTenantWithArrivals();
    await Promise.all(Array.from({ length: 5 }, () => cloud.runLateCheckin()));
    await cloud.runLateCheckin();
    expect(await messagesOf(tenant.company, tenant.admin)).toHaveLength(3);
    expect(mailsTo(tenant.company)).toHaveLength(1);
    const notified = (await runsOf(tenant)).map(({ notificadas }) => Number(notificadas));
    expect(notified.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it("uses the company's own template and says which values are missing", async () => {
    const tenant = await aTenantWithArrivals();
    const scope = new TenantScope(cloud.table, tenant.company.id);
    await new TemplateRepository(scope).save({
      id: '00000000-0000-4000-8000-00000000aaaa',
      empresa_id: tenant.company.id,
      nombre: 'x',
      contenido: '{NOMBRE} llega a {APARTAMENTO} a las {HORA_LLEGADA}: {DIRECCION} {CODIGO}',
      idioma: 'es',
      categoria: 'CHECKIN_TARDIO',
      activa: true,
      created_at: '2026-05-01T10:00:00+00:00',
      updated_at: '2026-05-01T10:00:00+00:00',
    });
    await cloud.runLateCheckin();
    const text = mailsTo(tenant.company)[0]?.text ?? '';
    expect(text).toContain('Lucía Ferrándiz Mora llega a Casa del Faro a las 22:00: Calle Mar, 1 {CODIGO}');
    expect(text).toContain('Sin dato para: DIRECCION. Marcadores que la plantilla usa y no existen: CODIGO.');
  });

  it('leaves companies alone that switched the tool or themselves off', async () => {
    const off = await aTenantWithArrivals({ herramientas_activas: { late_checkin: false } });
    await cloud.runLateCheckin();
    expect(await messagesOf(off.company, off.admin)).toEqual([]);
    expect(await runsOf(off)).toEqual([]);
  });

  it('looks at the service day of the company, which ends at six in the morning', async () => {
    const tenant = await aTenantWithArrivals();
    await cloud.setTime('2026-06-04T03:59:00Z');
    await cloud.runLateCheckin();
    expect(await messagesOf(tenant.company, tenant.admin)).toHaveLength(3);
    await cloud.setTime('2026-06-04T04:00:00Z');
    await cloud.runLateCheckin();
    expect((await runsOf(tenant)).map(({ fecha_servicio }) => fecha_servicio)).toEqual([DAY]);
    await cloud.setTime(`${DAY}T10:00:00Z`);
  });
});

describe('when something underneath fails', () => {
  it('a key service that is down stops one run, and the next one catches up', async () => {
    const tenant = await aTenantWithArrivals();
    await cloud.passTime(600);
    await cloud.cloud.faults.kms.set({ error: 'unavailable', times: 1_000 });
    await cloud.runLateCheckin();
    await cloud.cloud.faults.kms.clear();
    expect(mailsTo(tenant.company)).toEqual([]);
    const [run] = await runsOf(tenant);
    expect(run).toMatchObject({ notificadas: 0, errores: [expect.stringContaining('Se volverá a intentar')] });
    await cloud.runLateCheckin();
    expect(await messagesOf(tenant.company, tenant.admin)).toHaveLength(3);
    expect(mailsTo(tenant.company)).toHaveLength(1);
  });

  it('a mail service that is down delays the digest and loses nothing', async () => {
    const tenant = await aTenantWithArrivals();
    cloud.failMails('down', 2);
    await cloud.runLateCheckin();
    expect(mailsTo(tenant.company)).toEqual([]);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      cloud.cloud.advanceQueues(3_600_000);
      await cloud.cloud.drain();
    }
    expect(mailsTo(tenant.company)).toHaveLength(1);
    expect(await messagesOf(tenant.company, tenant.admin)).toHaveLength(3);
  });

  it('a queue that was away when the run ended is made up for by the sweeper', async () => {
    const tenant = await aTenantWithArrivals();
    await cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 10 });
    await cloud.runLateCheckin();
    expect(mailsTo(tenant.company)).toEqual([]);
    await cloud.cloud.faults.sqs.clear();
    await cloud.passTime(180);
    await cloud.cloud.runSchedule('stay-ops-local-outbox-sweeper');
    await cloud.cloud.drain();
    expect(mailsTo(tenant.company)).toHaveLength(1);
  });

  it('the same message twice sends one mail', async () => {
    const tenant = await aTenantWithArrivals();
    await cloud.runLateCheckin();
    await cloud.cloud.drain();
    const rows: string[] = [];
    for await (const row of cloud.table.queryAll({ pk: `T#${tenant.company.id}#OUTBOX` })) rows.push(String(row.id));
    expect(rows).toHaveLength(1);
    const body = JSON.stringify({ empresa_id: tenant.company.id, outbox_id: rows[0] });
    const answer = await cloud.invoke('outbox-worker', {
      Records: [
        { messageId: '1', body },
        { messageId: '2', body },
      ],
    });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(mailsTo(tenant.company)).toHaveLength(1);
  });

  it('a message that is not ours goes back to the queue by its id', async () => {
    const answer = await cloud.invoke('outbox-worker', {
      Records: [
        { messageId: 'm1', body: '{"x":1}' },
        { messageId: 'm2', body: 'x' },
      ],
    });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }] });
  });

  it('a table that throttles five calls only makes the run slower', async () => {
    const tenant = await aTenantWithArrivals();
    await cloud.cloud.faults.dynamodb.set({ operation: 'Query', error: 'throttle', times: 5 });
    await cloud.runLateCheckin();
    expect(await messagesOf(tenant.company, tenant.admin)).toHaveLength(3);
  });
});

describe('with a connected PMS', () => {
  const smoobu = () => {
    const partner = cloud.cloud.partners.find(({ name }) => name === 'smoobu');
    if (partner === undefined) throw new Error('There is no stand-in for Smoobu');
    return partner;
  };

  async function connect({ admin }: Tenant): Promise<void> {
    const client = await cloud.client.signIn(admin.email, PASSWORD);
    const api_key = `${SMOOBU_ACCOUNT.key}:${SMOOBU_ACCOUNT.secret}`;
    await client.write('PUT', '/api/perfil/integraciones/pms', { proveedor: 'smoobu', api_key });
  }

  it('its late arrivals count too, and when it is down the others do and nobody hears twice', async () => {
    const tenant = await aTenantWithArrivals();
    await connect(tenant);
    await cloud.runLateCheckin();
    const all = [...LATE, 'Llegada tardía en Ático Ribera a las 22:30'].sort();
    expect(await messagesOf(tenant.company, tenant.admin)).toEqual(all);
    await cloud.passTime(15 * 60);
    smoobu().fault.set({ fault: '401' });
    await cloud.runLateCheckin();
    smoobu().fault.set({ fault: null });
    expect(await messagesOf(tenant.company, tenant.admin)).toEqual(all);
    const [failed] = await runsOf(tenant);
    expect(failed).toMatchObject({ llegadas: 11, tardias: 3, notificadas: 0 });
    expect(failed?.errores).toEqual([expect.stringMatching(/Smoobu.* hace 1[45] min/)]);
    expect(failed?.fuentes).toContainEqual(expect.objectContaining({ fuente: 'pms', estado: 'fallida' }));
  });

  it('that was down all along loses no arrival of the files, and its own come with the next run', async () => {
    const tenant = await aTenantWithArrivals();
    await connect(tenant);
    smoobu().fault.set({ fault: '401' });
    await cloud.runLateCheckin();
    expect(await messagesOf(tenant.company, tenant.admin)).toEqual([...LATE].sort());
    expect((await runsOf(tenant))[0]?.errores).toEqual([expect.stringContaining('ninguna vez')]);
    smoobu().fault.set({ fault: null });
    await cloud.passTime(60 * 60);
    await cloud.runLateCheckin();
    expect(await messagesOf(tenant.company, tenant.admin)).toHaveLength(4);
    expect(mailsTo(tenant.company)).toHaveLength(2);
    await cloud.setTime(`${DAY}T10:00:00Z`);
  });
});

it('own bookings are arrivals like any other, an hour filled in by default apart', async () => {
  const company = await cloud.given.aCompany();
  const admin = await cloud.given.aUser(company);
  const given = new GivenBookings(cloud, company.id);
  const house = await given.aProperty({ name: 'Villa Olivo', timezone: 'Europe/Madrid' });
  const out = { check_out_date: '2026-06-06T09:00:00Z' };
  const stay = (guest_name: string, check_in_date: string, more = {}) =>
    given.aBooking(house, { ...out, guest_name, check_in_date, ...more });
  await stay('Marta Vidal', '2026-06-03T20:30:00Z');
  await stay('Pau Ferrer', '2026-06-03T21:30:00Z', { check_in_hour_known: false });
  await stay('Nils Berg', '2026-06-03T20:45:00Z', { status: 'cancelled' });
  await cloud.runLateCheckin();
  expect(await messagesOf(company, admin)).toEqual(['Llegada tardía en Villa Olivo a las 22:30']);
});

describe('on a night when the clocks change', () => {
  it.each([
    ['2026-03-28', 'an hour less', '2026-03-29T03:59:00Z', '2026-03-29T04:00:00Z'],
    ['2026-10-24', 'an hour more', '2026-10-25T04:59:00Z', '2026-10-25T05:00:00Z'],
  ])('%s, with %s, the service day ends at six in the morning all the same', async (day, _, last, next) => {
    await cloud.setTime(`${day}T10:00:00Z`);
    const company = await cloud.given.aCompany();
    await cloud.given.lateCheckin(company);
    const admin = await cloud.given.aUser(company);
    await objectStore(cloud.cloud.info.buckets.arrivals).write(
      `arrivals/${company.id}/noche.xlsx`,
      await dailyArrivalsWorkbook({ checkIn: day }),
      'application/octet-stream',
    );
    await cloud.cloud.drain();
    await cloud.setTime(next);
    await cloud.runLateCheckin();
    expect(await messagesOf(company, admin)).toEqual([]);
    await cloud.setTime(last);
    await cloud.runLateCheckin();
    expect(await messagesOf(company, admin)).toHaveLength(3);
    await cloud.setTime(`${DAY}T10:00:00Z`);
  });
});
