import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { GOOGLE_ACCOUNT } from '../../infra/local/partners/google-world.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { integrationKey } from '../../shared/domain/integration/integration.keys.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { Google } from '../support/google.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let google: Google;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-01T10:00:00Z' });
  google = new Google(cloud);
});
afterAll(() => cloud.close());

let company: Company;
let admin: ApiClient;
beforeEach(async () => {
  await cloud.setTime('2026-06-01T10:00:00Z');
  google.reset();
  company = await cloud.given.aCompany();
  admin = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
});

const PANEL = 'http://localhost:4200/menu/perfil?';
const status = async () => (await admin.get('/api/contactos/google/status')).body.google;

async function post(path: string, rows: readonly (readonly (string | number)[])[]): Promise<ApiAnswer> {
  const form = new FormData();
  const workbook = await sheetWorkbook([['Entrada', 'Huésped', 'Tipología', 'Móvil'], ...rows]);
  form.set('file', new Blob([new Uint8Array(workbook)]), 'reservas.xlsx');
  return admin.call('POST', path, { raw: form, headers: await admin.csrfPair() });
}

const sync = (...rows: readonly (readonly (string | number)[])[]) => post('/api/contactos/xlsx/sincronizacion', rows);
const export_ = (...rows: readonly (readonly (string | number)[])[]) =>
  post('/api/contactos/xlsx/exportacion/csv', rows);

describe('connecting Google', () => {
  it('sends the admin to Google with everything that Google asks for', async () => {
    const { body } = await admin.get('/api/contactos/google/auth');
    const url = new URL(String(body.url));
    expect(url.pathname).toBe('/o/oauth2/v2/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'local.apps.googleusercontent.com',
      redirect_uri: `${cloud.cloud.address}/api/contactos/google/callback`,
      response_type: 'code',
      scope: 'https://www.googleapis.com/auth/contacts',
      access_type: 'offline',
      prompt: 'consent',
      state: expect.stringMatching(/^[\w-]+\.[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('brings the person back to the panel, connected', async () => {
    expect(await status()).toEqual({ conectado: false });
    expect(await google.connect(admin)).toBe(`${PANEL}google_conectado=true`);
    expect(await status()).toEqual({
      conectado: true,
      alcance: 'https://www.googleapis.com/auth/contacts',
      ultimo_sync: null,
    });
    const { data } = (await admin.get('/api/perfil/integraciones')).body as { data: { google: object } };
    expect(data.google).toEqual({ configurado: true });
  });

  it('keeps the tokens sealed, and tells of the connection in the trail', async () => {
    await google.connect(admin);
    const [{ refresh_token = '' } = {}] = google.data.grants;
    const row = await cloud.table.get(integrationKey(company.id, 'google'));
    expect(refresh_token.length).toBeGreaterThan(20);
    expect(JSON.stringify(row)).not.toContain(refresh_token);
    const trail = (await admin.get('/api/auditoria')).body.entradas as { accion: string }[];
    expect(trail[0]).toMatchObject({ accion: 'integracion.google.guardar', cambios: { activo: true } });
    expect(JSON.stringify(trail)).not.toContain(refresh_token);
  });

  describe('comes to nothing', () => {
    const back = async (path: string) => (await cloud.client.get(path)).headers.get('location');
    const consented = async () => google.consent(String((await admin.get('/api/contactos/google/auth')).body.url));

    it('when the person says no', async () => {
      google.set({ consent: { decision: 'deny' } });
      expect(await google.connect(admin)).toBe(`${PANEL}google_error=acceso_denegado`);
      expect(await status()).toEqual({ conectado: false });
    });

    it('when the contacts are left out, which is told apart', async () => {
      google.set({ consent: { decision: 'without_contacts' } });
      expect(await google.connect(admin)).toBe(`${PANEL}google_error=acceso_denegado`);
      expect(await status()).toEqual({ conectado: false, reconectar: true, motivo: 'sin_permiso' });
    });

    it('with a state that is missing, forged or of another company', async () => {
      const path = await consented();
      const other = new URL(path, 'http://x');
      const [payload = '', signature] = (other.searchParams.get('state') ?? '').split('.');
      const forged = Buffer.from(
        Buffer.from(payload, 'base64url').toString().replace(company.id, crypto.randomUUID()),
      ).toString('base64url');
      for (const state of ['', 'x', `${forged}.${signature}`]) {
        other.searchParams.set('state', state);
        expect(await back(other.pathname + other.search)).toBe(`${PANEL}google_error=estado_invalido`);
      }
      expect(await back(path)).toBe(`${PANEL}google_conectado=true`);
    });

    it('with a state that was used, or is older than ten minutes', async () => {
      const path = await consented();
      expect(await back(path)).toBe(`${PANEL}google_conectado=true`);
      expect(await back(path)).toBe(`${PANEL}google_error=estado_invalido`);
      const late = await consented();
      await cloud.passTime(601);
      expect(await back(late)).toBe(`${PANEL}google_error=estado_invalido`);
    });

    it('when who left may no longer connect accounts', async () => {
      const second = await cloud.given.aUser(company);
      const client = await cloud.client.signIn(second.email, PASSWORD);
      const path = await google.consent(String((await client.get('/api/contactos/google/auth')).body.url));
      await admin.write('PATCH', `/api/usuarios/${second.id}`, { rol: 'operativo' });
      expect(await back(path)).toBe(`${PANEL}google_error=estado_invalido`);
    });

    it('without a code, or with one that Google does not know', async () => {
      const url = new URL(await consented(), 'http://x');
      url.searchParams.delete('code');
      expect(await back(url.pathname + url.search)).toBe(`${PANEL}google_error=codigo_invalido`);
      const again = new URL(await consented(), 'http://x');
      again.searchParams.set('code', '4/0Aforeign');
      expect(await back(again.pathname + again.search)).toBe(`${PANEL}google_error=token_fallido`);
      expect(await status()).toEqual({ conectado: false });
    });

    it('when the code was made for another verifier', async () => {
      const [one, other] = [new URL(await consented(), 'http://x'), new URL(await consented(), 'http://x')];
      one.searchParams.set('code', other.searchParams.get('code') ?? '');
      expect(await back(one.pathname + one.search)).toBe(`${PANEL}google_error=token_fallido`);
    });
  });

  it('ends at Google too when it is disconnected', async () => {
    await google.connect(admin);
    expect((await admin.write('DELETE', '/api/contactos/google/conexion')).body).toEqual({ ok: true });
    expect(google.data.grants).toEqual([]);
    expect(await status()).toEqual({ conectado: false });
    const again = await admin.write('DELETE', '/api/contactos/google/conexion');
    expect([again.status, again.body]).toEqual([
      404,
      { ok: false, errors: ['No hay ninguna cuenta de Google conectada.'] },
    ]);
  });

  it('is disconnected here whatever Google says', async () => {
    await google.connect(admin);
    google.oauth.fault.set({ fault: 'down' });
    expect((await admin.write('DELETE', '/api/contactos/google/conexion')).status).toBe(200);
    expect(await status()).toEqual({ conectado: false });
  });
});

describe('preferences', () => {
  const path = '/api/contactos/preferencias';
  const DEFAULTS = {
    plantilla: '{FECHA} - {APT} - {NOMBRE}',
    separador_apt: ', ',
    formato_fecha_salida: 'YYMMDD',
    xlsx_reservas: { col_checkin: 0, col_nombre: 0, col_tipologia: 0, col_telefono: 0 },
  };

  it('begin with the defaults', async () => {
    expect((await admin.get(path)).body).toEqual({ ok: true, preferencias: DEFAULTS });
  });

  it('change where they are sent, the columns as a whole', async () => {
    await admin.write('PUT', path, { xlsx_reservas: { col_checkin: 3, col_nombre: 19 } });
    const answer = await admin.write('PUT', path, { plantilla: '', xlsx_reservas: { col_telefono: 702 } });
    const columns = { col_checkin: 0, col_nombre: 0, col_tipologia: 0, col_telefono: 702 };
    const preferencias = { ...DEFAULTS, plantilla: '', xlsx_reservas: columns };
    expect([answer.status, answer.body]).toEqual([200, { ok: true, preferencias }]);
    expect((await admin.get(path)).body).toEqual({ ok: true, preferencias });
  });

  it('keep each other when they are changed at once (D-44)', async () => {
    const changes = [{ plantilla: 'A' }, { separador_apt: '+' }, { formato_fecha_salida: 'DD/MM/YY' }];
    const answers = await Promise.all(changes.map((change) => admin.write('PUT', path, change)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    const wanted = { plantilla: 'A', separador_apt: '+', formato_fecha_salida: 'DD/MM/YY' };
    expect((await admin.get(path)).body.preferencias).toEqual({ ...DEFAULTS, ...wanted });
  });

  it.each([
    [{ otra: 1 }, 'otra: No es un campo conocido. Quítalo o corrige su nombre.'],
    [{ plantilla: null }, 'plantilla: Debe ser un texto.'],
    [{ formato_fecha_salida: 'YYYY' }, /^formato_fecha_salida: Debe ser uno de/],
    [{ xlsx_reservas: { col_nombre: 703 } }, 'xlsx_reservas: col_nombre: Debe ser menor o igual que 702.'],
    [{ xlsx_reservas: { otra: 1 } }, 'xlsx_reservas: otra: No es un campo conocido. Quítalo o corrige su nombre.'],
  ])('refuse %j', async (body, sentence) => {
    const answer = await admin.write('PUT', path, body);
    expect(answer.status).toBe(422);
    expect((answer.body.errors as string[])[0]).toMatch(sentence);
  });
});

describe('a workbook to Google', () => {
  it('needs a connection', async () => {
    const answer = await sync(['2026-06-03', 'Ana', '', '600111222']);
    expect([answer.status, answer.body]).toEqual([
      400,
      { ok: false, errors: ['Google no está conectado. Conecta una cuenta de Google en el perfil.'] },
    ]);
  });

  it('creates contacts, named by the template', async () => {
    await google.connect(admin);
    await cloud.given.anApartment(company, { id_pms: '12', nombre: 'Ático Sol', activo: false });
    const answer = await sync(
      ['2026-06-03', 'Ana', '{12}', '600111222'],
      ['2026-06-02', 'ana', '', '600111222'],
      ['', 'Sin teléfono', '', ''],
      ['', 'Berta', '', '+33612345678'],
    );
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        ok: true,
        resultado: { total: 2, nuevos: 2, actualizados: 0 },
        sincronizacion: {
          id: expect.stringMatching(/^syn_/),
          origen: 'xlsx',
          estado: 'exito',
          inicio: expect.any(String),
          fin: expect.any(String),
          total: 2,
          contactos: 2,
          nuevos: 2,
          actualizados: 0,
          error: null,
        },
      },
    ]);
    const made = google.contacts().map(({ givenName, phoneNumbers }) => [givenName, phoneNumbers[0]?.value]);
    expect(made).toEqual([
      ['260602 - Ático Sol - Ana', '600111222'],
      ['-  - Berta', '+33612345678'],
    ]);
    expect(await status()).toMatchObject({ conectado: true, ultimo_sync: expect.stringMatching(/^2026-06-01T10:0/) });
  });

  it('finds a number however it is spelled, and leaves the others of the person alone (D-27)', async () => {
    const phoneNumbers = [
      { value: '91 555 00 00', type: 'work' },
      { value: '0034 600-111-222', type: 'mobile' },
    ];
    google.set({
      accounts: [{ email: GOOGLE_ACCOUNT, contacts: [{ givenName: 'Ana', familyName: 'Serra', phoneNumbers }] }],
    });
    await google.connect(admin);
    const { body } = await sync(['2026-06-03', 'Ana', '', '600111222']);
    expect(body.resultado).toEqual({ total: 1, nuevos: 0, actualizados: 1 });
    expect(google.contacts()).toMatchObject([{ givenName: '260603 -  - Ana', familyName: '', phoneNumbers }]);
  });

  it('a second time changes nothing, and asks for what has changed alone', async () => {
    await google.connect(admin);
    const rows = [
      ['2026-06-03', 'Ana', '', '600111222'],
      ['', 'Berta', '', '600111333'],
    ] as const;
    await sync(...rows);
    const before = google.people.calls();
    expect((await sync(...rows)).body.resultado).toEqual({ total: 2, nuevos: 0, actualizados: 0 });
    const asked = google.people.recorded().slice(before);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /people/me/connections']);
    expect(asked[0]?.query).toContain('syncToken=');
  });

  it('follows what people change at Google meanwhile', async () => {
    await google.connect(admin);
    const rows = [
      ['2026-06-03', 'Ana', '', '600111222'],
      ['', 'Berta', '', '600111333'],
    ] as const;
    await sync(...rows);
    google.change(GOOGLE_ACCOUNT, (contacts) =>
      contacts.filter(({ givenName }) => !givenName.includes('Ana')).map((one) => ({ ...one, givenName: 'Otra' })),
    );
    expect((await sync(...rows)).body.resultado).toEqual({ total: 2, nuevos: 1, actualizados: 1 });
    expect(google.contacts().map(({ givenName }) => givenName)).toEqual(['-  - Berta', '260603 -  - Ana']);
  });

  it('says what is wrong with the file', async () => {
    await google.connect(admin);
    const answer = await sync();
    expect([answer.status, answer.body.ok]).toEqual([400, false]);
    expect((answer.body.errors as string[])[0]).toMatch(/cabecera/);
    const form = new FormData();
    form.set('file', new Blob(['no es un libro']), 'a.xlsx');
    const path = '/api/contactos/xlsx/sincronizacion';
    expect((await admin.call('POST', path, { raw: form, headers: await admin.csrfPair() })).status).toBe(400);
  });

  it('is read afterwards, by any role', async () => {
    await google.connect(admin);
    const { id } = (await sync(['', 'Ana', '', '600111222'])).body.sincronizacion as { id: string };
    const viewer = await cloud.client.signIn((await cloud.given.aUser(company, { role: 'viewer' })).email, PASSWORD);
    const read = await viewer.get(`/api/contactos/sincronizaciones/${id}`);
    expect(read.body.sincronizacion).toMatchObject({ id, estado: 'exito', nuevos: 1 });
    const listed = await viewer.get('/api/contactos/sincronizaciones');
    expect(listed.body).toMatchObject({ sincronizaciones: [{ id }], siguiente: null });
    expect((await viewer.get('/api/contactos/sincronizaciones/syn_x')).status).toBe(404);
  });
});

describe('a workbook as CSV', () => {
  it('is what Google Contacts imports, for viewers too, and needs no connection', async () => {
    const form = new FormData();
    const rows = [
      ['Entrada', 'Nombre', 'Tel'],
      ['2026-06-03', '=Ana', '600111222'],
    ];
    form.set('file', new Blob([new Uint8Array(await sheetWorkbook(rows))]), 'reservas.xlsx');
    const viewer = await cloud.client.signIn((await cloud.given.aUser(company, { role: 'viewer' })).email, PASSWORD);
    const answer = await fetch(`${cloud.cloud.address}/api/contactos/xlsx/exportacion/csv`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${viewer.token}`, ...(await viewer.csrfPair()) },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=contactos_google.csv');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8').split('\r\n')).toEqual([
      '\uFEFFName,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Notes',
      '260603 -  - =Ana,,,* myContacts,,,,600111222,',
      '',
    ]);
  });

  it('holds only the header where nobody can be called', async () => {
    const answer = await export_(['2026-06-03', 'Ana', '', '12345']);
    expect([answer.status, answer.text.trim().split('\r\n').length]).toEqual([200, 1]);
  });
});

describe('the PMS', () => {
  it('has to be connected', async () => {
    await google.connect(admin);
    for (const path of ['/api/contactos/sincronizacion', '/api/contactos/exportacion/csv']) {
      const answer = await admin.write('POST', path);
      expect([answer.status, (answer.body.errors as string[])[0]]).toEqual([400, expect.stringMatching(/PMS/)]);
    }
  });

  it.each([
    [{ desde: '2026-02-30' }, /^desde: /],
    [{ desde: '2026-06-05', hasta: '2026-06-04' }, /^hasta: /],
    [{ desde: '2026-01-01', hasta: '2036-01-01' }, /dos años/],
  ])('is not asked for %j', async (body, sentence) => {
    for (const path of ['/api/contactos/sincronizacion', '/api/contactos/exportacion/csv']) {
      const answer = await admin.write('POST', path, body);
      expect([answer.status, (answer.body.errors as string[])[0]]).toEqual([422, expect.stringMatching(sentence)]);
    }
  });

  it('export refuses what it does not know, the sync passes over it', async () => {
    await google.connect(admin);
    expect((await admin.write('POST', '/api/contactos/exportacion/csv', { otra: 1 })).status).toBe(422);
    expect((await admin.write('POST', '/api/contactos/sincronizacion', { otra: 1 })).status).toBe(400);
  });
});
