import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../infra/local/demo/daily-arrivals-workbook.ts';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { SMOOBU_ACCOUNT } from '../../infra/local/partners/pms-smoobu.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const DAY = '2026-06-03';
const STATUS = '/api/notificaciones/checkin-tardio/status';
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: `${DAY}T10:00:00Z` });
});
afterAll(() => cloud.close());

interface Tenant {
  readonly company: Company;
  readonly client: ApiClient;
}

async function aTenant(role: 'admin' | 'viewer' = 'admin'): Promise<Tenant> {
  const company = await cloud.given.aCompany({ nombre: 'Casas del Mar' });
  await cloud.given.lateCheckin(company);
  await cloud.given.anApartment(company, { nombre: 'Casa del Faro', id_pms: '4', direccion: 'Calle Mar, 1' });
  const client = await cloud.client.signIn((await cloud.given.aUser(company, { role })).email, PASSWORD);
  return { company, client };
}

async function connected(): Promise<Tenant> {
  const tenant = await aTenant();
  const api_key = `${SMOOBU_ACCOUNT.key}:${SMOOBU_ACCOUNT.secret}`;
  await tenant.client.write('PUT', '/api/perfil/integraciones/pms', { proveedor: 'smoobu', api_key });
  return tenant;
}

async function drop({ company }: Tenant): Promise<void> {
  const bytes = await dailyArrivalsWorkbook({ checkIn: DAY });
  const key = `arrivals/${company.id}/hoy.xlsx`;
  await objectStore(cloud.cloud.info.buckets.arrivals).write(key, bytes, 'application/octet-stream');
  await cloud.cloud.drain();
}

const smoobu = () => {
  const partner = cloud.cloud.partners.find(({ name }) => name === 'smoobu');
  if (partner === undefined) throw new Error('There is no stand-in for Smoobu');
  return partner;
};

interface Shown {
  readonly nombre: string;
  readonly estado_llegada: string;
  readonly fuentes: readonly string[];
  readonly mensaje: {
    readonly texto: string;
    readonly sin_dato: readonly string[];
    readonly desconocidos: readonly string[];
    readonly huesped: { readonly whatsapp: string | null; readonly correo: string | null };
    readonly otros: { readonly whatsapp: string; readonly correo: string };
  };
}
const shown = (answer: ApiAnswer, list: string) => answer.body[list] as Shown[];

describe('status', () => {
  it('lists every arrival of the day, from all sources together and of the PMS alone', async () => {
    const tenant = await connected();
    await drop(tenant);
    const given = new GivenBookings(cloud, tenant.company.id);
    const house = await given.aProperty({ timezone: 'Europe/Madrid' });
    const dates = { check_in_date: '2026-06-03T20:30:00Z', check_out_date: '2026-06-06T09:00:00Z' };
    await given.aBooking(house, { ...dates, guest_name: 'Marta Vidal' });
    const answer = await tenant.client.get(`${STATUS}?fecha=${DAY}`);
    expect(answer.body).toMatchObject({
      ok: true,
      fecha: DAY,
      gmail_configurado: false,
      pms_configurado: true,
      pms_error: null,
      hora_corte: '20:00',
      apartamentos: [{ id: expect.any(String), nombre: 'Casa del Faro', ciudad: null }],
      fuentes: [
        { fuente: 'ficheros', estado: 'leida', reservas: 11, edad_minutos: expect.any(Number), error: null },
        { fuente: 'reservas', estado: 'leida', reservas: 1, edad_minutos: 0, error: null },
        { fuente: 'pms', estado: 'leida', reservas: 1, edad_minutos: 0, error: null },
      ],
    });
    expect(shown(answer, 'reservas_pms').map(({ nombre }) => nombre)).toEqual(['Robledo, Inés']);
    const all = shown(answer, 'llegadas');
    expect(all).toHaveLength(13);
    expect(new Set(all.map(({ estado_llegada }) => estado_llegada))).toEqual(
      new Set(['a_tiempo', 'tardia', 'desconocida']),
    );
    const by = (name: RegExp) => all.find(({ nombre }) => name.test(nombre));
    expect([by(/Inés/)?.fuentes, by(/Marta/)?.fuentes, by(/Henrik/)?.fuentes]).toEqual([
      ['pms'],
      ['reservas'],
      ['ficheros'],
    ]);
  });

  it('with a PMS that fails still answers with the others, and says how old its last word is', async () => {
    const tenant = await connected();
    await drop(tenant);
    await tenant.client.get(STATUS);
    await cloud.setTime(`${DAY}T10:50:00Z`);
    smoobu().fault.set({ fault: '401' });
    const answer = await tenant.client.get(STATUS);
    smoobu().fault.set({ fault: null });
    await cloud.setTime(`${DAY}T10:00:00Z`);
    expect([answer.status, answer.body.pms_error]).toEqual([200, expect.stringContaining('Smoobu')]);
    expect(shown(answer, 'reservas_pms')).toEqual([]);
    expect(shown(answer, 'llegadas')).toHaveLength(11);
    const [, , pms] = answer.body.fuentes as { estado: string; edad_minutos: number }[];
    expect(pms?.estado).toBe('fallida');
    // Calls take time: what was read shortly after ten is some fifty minutes old.
    expect([48, 49, 50]).toContain(pms?.edad_minutos);
  });

  it('without a PMS says so, and reads a date that is none as the service day', async () => {
    const tenant = await aTenant();
    await drop(tenant);
    for (const [query, day] of [
      ['', DAY],
      ['?fecha=mañana', DAY],
      ['?fecha=2026-02-30', DAY],
      ['?fecha=2026-06-04', '2026-06-04'],
    ] as const) {
      const { body } = await tenant.client.get(`${STATUS}${query}`);
      expect([body.fecha, body.pms_configurado, body.reservas_pms]).toEqual([day, false, []]);
    }
    await cloud.setTime('2026-06-04T03:30:00Z');
    const user = await cloud.given.aUser(tenant.company);
    const atNight = await cloud.client.signIn(user.email, PASSWORD);
    expect((await atNight.get(STATUS)).body.fecha).toBe(DAY);
    await cloud.setTime(`${DAY}T10:00:00Z`);
  });
});

describe('the text for an arrival', () => {
  async function messageOf(contenido: string | undefined, name: RegExp): Promise<Shown['mensaje'] | undefined> {
    const tenant = await aTenant();
    await drop(tenant);
    const path = '/api/notificaciones/checkin-tardio/plantillas';
    if (contenido !== undefined) await tenant.client.write('POST', path, { nombre: 'Aviso', contenido });
    const answer = await tenant.client.get(STATUS);
    return shown(answer, 'llegadas').find(({ nombre }) => name.test(nombre))?.mensaje;
  }

  it("is the company's own with its placeholders filled in, and links to the guest and to others", async () => {
    const message = await messageOf('Hola {NOMBRE}: {APARTAMENTO}, {DIRECCION}, {HORA_LLEGADA}', /Lucía/);
    const text = 'Hola Lucía Ferrándiz Mora: Casa del Faro, Calle Mar, 1, 22:00';
    expect(message).toEqual({
      texto: text,
      sin_dato: [],
      desconocidos: [],
      huesped: { whatsapp: `https://wa.me/34600111222?text=${encodeURIComponent(text)}`, correo: null },
      otros: {
        whatsapp: `https://wa.me/?text=${encodeURIComponent(text)}`,
        correo: `mailto:?subject=${encodeURIComponent('Llegada · Casas del Mar')}&body=${encodeURIComponent(text)}`,
      },
    });
  });

  it('says which placeholders stayed empty or mean nothing', async () => {
    expect(await messageOf('{NOMBRE} {TELEFONO} {CODIGO}', /Quiroga/)).toMatchObject({
      texto: 'Familia Quiroga, propietarios — {CODIGO}',
      sin_dato: ['TELEFONO'],
      desconocidos: ['CODIGO'],
      huesped: { whatsapp: null, correo: null },
    });
  });

  it('is a letter to colleagues where the company has none, and is then not for the guest', async () => {
    const message = await messageOf(undefined, /Lucía/);
    expect(message?.texto).toContain('Os informamos de una llegada');
    expect(message?.huesped).toEqual({ whatsapp: null, correo: null });
    expect((await messageOf(undefined, /Quiroga/))?.sin_dato).toContain('TELEFONO');
  });
});

describe('the upload of arrivals (stay-sidekick.md §9.1)', () => {
  async function upload({ client }: Tenant, name: string, content: Uint8Array<ArrayBuffer> | string, fields = {}) {
    const raw = new FormData();
    raw.set('file', new File([content], name));
    const headers = { ...(await client.csrfPair()), ...fields };
    return client.call('POST', '/api/notificaciones/checkin-tardio/checkins', { raw, headers });
  }
  const sample = async () => new Uint8Array(await dailyArrivalsWorkbook({ checkIn: DAY }));
  const hours = (answer: ApiAnswer) =>
    (answer.body.checkins as { hora_llegada: string }[]).map(({ hora_llegada }) => hora_llegada);

  it('gives the three late ones at 20:00, the unknown ones beside them, to a viewer too', async () => {
    const answer = await upload(await aTenant('viewer'), 'llegadas.xlsx', await sample());
    expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['ok', 'checkins', 'desconocidas']]);
    expect(hours(answer)).toEqual(['22:00', '21:00', '20:00']);
    expect(shown(answer, 'desconocidas').map(({ estado_llegada }) => estado_llegada)).toEqual([
      'desconocida',
      'desconocida',
    ]);
  });

  it('gives nine at 15:00', async () => {
    const tenant = await aTenant();
    await cloud.given.lateCheckin(tenant.company, { hora_corte: '15:00' });
    expect(hours(await upload(tenant, 'llegadas.xlsx', await sample()))).toHaveLength(9);
  });

  it('of a whole season leaves packed where Lambda would not let it out, and tells who does not unpack', async () => {
    const tenant = await aTenant();
    const none = { col_nombre: '', col_checkin: '', col_hora_llegada: '', col_telefono: '', col_apartamento: '' };
    await cloud.given.lateCheckin(tenant.company, none);
    const template = { nombre: 'Aviso', contenido: `{NOMBRE} ${'€'.repeat(19_900)}` };
    await tenant.client.write('POST', '/api/notificaciones/checkin-tardio/plantillas', template);
    const guests = Array.from({ length: 120 }, (_, at) => [`Huésped ${at}`, '22:00']);
    const bytes = new Uint8Array(await sheetWorkbook([['nombre', 'hora'], ...guests]));
    const answer = await upload(tenant, 'temporada.xlsx', bytes);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(shown(answer, 'checkins')).toHaveLength(120);
    const plain = await upload(tenant, 'temporada.xlsx', bytes, { 'accept-encoding': 'identity' });
    expect([plain.status, plain.body.errors]).toEqual([413, [expect.stringContaining('demasiado grande')]]);
  });

  it('without a column of names, or unreadable, is an answer without arrivals that says why', async () => {
    const tenant = await aTenant();
    const none = { col_nombre: '', col_checkin: '', col_hora_llegada: '', col_telefono: '', col_apartamento: '' };
    await cloud.given.lateCheckin(tenant.company, none);
    for (const [content, sentence] of [
      [await sample(), /nombre del huésped/],
      ['no soy un libro', /no es un libro/],
    ] as const) {
      const answer = await upload(tenant, 'llegadas.xlsx', content);
      expect([answer.status, answer.body]).toEqual([
        200,
        { ok: true, checkins: [], desconocidas: [], warnings: [expect.stringMatching(sentence)] },
      ]);
    }
    expect((await upload(tenant, 'llegadas.csv', 'x')).status).toBe(400);
  });
});
