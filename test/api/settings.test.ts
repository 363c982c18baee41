import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../shared/platform/auth/actor.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
const people = new Map<Role, ApiClient>();
beforeAll(async () => {
  cloud = await startTestCloud();
  const company = await cloud.given.aCompany();
  for (const role of ['admin', 'manager', 'member', 'viewer'] as const) {
    const { email } = await cloud.given.aUser(company, { role });
    people.set(role, await cloud.client.signIn(email, PASSWORD));
  }
});
afterAll(() => cloud.close());

const person = (role: Role) => people.get(role) as ApiClient;

describe('/api/perfil/xlsx-apartamentos', () => {
  const path = '/api/perfil/xlsx-apartamentos';

  it('is null until saved, then what the admin saved, for any role', async () => {
    expect((await person('viewer').get(path)).body).toEqual({ ok: true, config: null });
    const saved = await person('admin').write('PUT', path, { col_id_externo: 4, col_nombre: 1 });
    expect([saved.status, saved.body]).toEqual([200, { ok: true }]);
    const config = { col_id_externo: 4, col_nombre: 1, col_direccion: 0, col_ciudad: 0 };
    for (const role of people.keys()) expect((await person(role).get(path)).body).toEqual({ ok: true, config });
  });

  it('takes whole numbers from 0 to 200 and nothing else', async () => {
    const answer = await person('admin').write('PUT', path, {
      col_id_externo: '4',
      col_nombre: 201,
      col_direccion: null,
      x: 1,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      'col_id_externo: Debe ser un número.',
      'col_nombre: Debe ser menor o igual que 200.',
      'col_direccion: Debe ser un número.',
      'x: No es un campo conocido. Quítalo o corrige su nombre.',
    ]);
  });

  it('is written by admins only', async () => {
    for (const role of ['manager', 'member', 'viewer'] as const) {
      const answer = await person(role).write('PUT', path, { col_id_externo: 1, col_nombre: 2 });
      expect([role, answer.status]).toEqual([role, 403]);
    }
  });
});

describe('/api/perfil/notificaciones-tardio-config', () => {
  const path = '/api/perfil/notificaciones-tardio-config';
  const empty = { col_nombre: '', col_checkin: '', col_hora_llegada: '', col_telefono: '', col_apartamento: '' };

  it('has defaults, and a save replaces it as a whole', async () => {
    expect((await person('member').get(path)).body).toEqual({ ok: true, config: { hora_corte: '20:00', ...empty } });
    await person('admin').write('PUT', path, { hora_corte: '21:30', col_nombre: 's', col_apartamento: 'BJ' });
    await person('admin').write('PUT', path, { hora_corte: '01:00', col_nombre: 'S' });
    expect((await person('member').get(path)).body).toEqual({
      ok: true,
      config: { ...empty, hora_corte: '01:00', col_nombre: 'S' },
    });
  });

  it.each(['24:00', '9:30', '20:60', '', '20:00:00', 'tarde'])('refuses %j as an hour', async (hora_corte) => {
    const answer = await person('admin').write('PUT', path, { hora_corte });
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      ['hora_corte: Debe ser una hora HH:MM entre 00:00 y 23:59.'],
    ]);
  });

  it('refuses columns that no sheet has', async () => {
    const answer = await person('admin').write('PUT', path, {
      hora_corte: '20:00',
      col_nombre: 'ABC',
      col_checkin: '3',
    });
    expect(answer.body.errors).toHaveLength(2);
  });

  it('parallel saves of different tools do not erase each other (D-44)', async () => {
    const admin = person('admin');
    await Promise.all([
      admin.write('PUT', path, { hora_corte: '22:00' }),
      admin.write('PUT', '/api/perfil/xlsx-apartamentos', { col_id_externo: 7, col_nombre: 8 }),
    ]);
    expect((await admin.get(path)).body).toMatchObject({ config: { hora_corte: '22:00' } });
    expect((await admin.get('/api/perfil/xlsx-apartamentos')).body).toMatchObject({ config: { col_nombre: 8 } });
  });
});

it('every save of settings is in the audit trail, with who and what', async () => {
  const admin = person('admin');
  await admin.write('PUT', '/api/perfil/xlsx-apartamentos', { col_id_externo: 9, col_nombre: 8 });
  const { body } = await admin.get('/api/auditoria?limite=1&verificar=1');
  expect(body).toMatchObject({
    entradas: [
      { accion: 'ajustes.guardar', entidad_id: 'xlsx_apartamentos', cambios: { col_id_externo: 9, col_nombre: 8 } },
    ],
    verificacion: { integra: true },
  });
});
