import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import { TemplateRepository } from '../../shared/domain/template/template.repository.ts';
import type { Template } from '../../shared/domain/template/template.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const PATH = '/api/notificaciones/checkin-tardio/plantillas';
let cloud: TestCloud;
let company: Company;
let client: ApiClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  company = await cloud.given.aCompany();
  const user = await cloud.given.aUser(company, { role: 'member' });
  client = await cloud.client.signIn(user.email, PASSWORD);
});
afterAll(() => cloud.close());

const templates = () => new TemplateRepository(new TenantScope(cloud.table, company.id));

async function aTemplate(wanted: Partial<Template> = {}): Promise<Template> {
  const entry: Template = {
    id: randomIds.uuid(),
    empresa_id: company.id,
    nombre: 'Del vault',
    contenido: 'Hola {NOMBRE}',
    idioma: 'fr',
    categoria: 'CHECKIN_TARDIO',
    activa: true,
    created_at: '2026-05-01T10:00:00+00:00',
    updated_at: '2026-05-01T10:00:00+00:00',
    ...wanted,
  };
  await templates().save(entry);
  return entry;
}

async function idsListed(): Promise<string[]> {
  const { body } = await client.get(PATH);
  return (body.plantillas as { id: string }[]).map(({ id }) => id);
}

describe('texts for late arrivals', () => {
  it('are created, trimmed, listed oldest first, changed and deleted for good', async () => {
    const first = await client.write('POST', PATH, { nombre: ' Uno ', contenido: ' Hola ', otra: 1 });
    const second = await client.write('POST', PATH, { nombre: 'Dos', contenido: 'Adiós' });
    expect([first.status, first.body]).toEqual([
      201,
      { ok: true, plantilla: { id: expect.any(String), nombre: 'Uno', contenido: 'Hola' } },
    ]);
    const ids = [first, second].map(({ body }) => (body.plantilla as { id: string }).id);
    expect(await idsListed()).toEqual(ids);
    const changed = await client.write('PUT', `${PATH}/${ids[0]}`, { nombre: 'Tres', contenido: 'Otra' });
    expect(changed.body).toEqual({ ok: true, plantilla: { id: ids[0], nombre: 'Tres', contenido: 'Otra' } });
    const deletions = [1, 2].map(() => client.write('DELETE', `${PATH}/${ids[0]}`));
    expect((await Promise.all(deletions)).map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(await templates().find(ids[0] ?? '')).toBeUndefined();
    expect(await idsListed()).toEqual([ids[1]]);
  });

  it('are those of the vault under the one category (D-31)', async () => {
    const { body } = await client.write('POST', PATH, { nombre: 'Una', contenido: 'x' });
    const { id } = body.plantilla as { id: string };
    expect(await templates().find(id)).toMatchObject({ categoria: 'CHECKIN_TARDIO', idioma: 'es', activa: true });
    const ofVault = await aTemplate();
    expect(await idsListed()).toContain(ofVault.id);
    const answer = await client.write('PUT', `${PATH}/${ofVault.id}`, { nombre: 'Otra', contenido: 'y' });
    expect(answer.status).toBe(200);
    expect(await templates().find(ofVault.id)).toMatchObject({ nombre: 'Otra', idioma: 'fr' });
  });

  it('leave alone what the vault has under another category or has taken out of use (D-32)', async () => {
    const others = [await aTemplate({ categoria: 'GENERAL' }), await aTemplate({ activa: false })];
    for (const { id } of others) {
      const changed = await client.write('PUT', `${PATH}/${id}`, { nombre: 'x', contenido: 'y' });
      const deleted = await client.write('DELETE', `${PATH}/${id}`);
      expect([changed.status, deleted.status]).toEqual([404, 404]);
      expect(await idsListed()).not.toContain(id);
    }
    expect((await client.write('DELETE', `${PATH}/no-es-un-id`)).status).toBe(404);
  });

  it.each([
    [{}, ['nombre: Es obligatorio.', 'contenido: Es obligatorio.']],
    [{ nombre: ' ', contenido: 5 }, ['nombre: No puede estar vacío.', 'contenido: Debe ser un texto.']],
    [{ nombre: 'x'.repeat(201), contenido: 'x' }, ['nombre: Debe tener como máximo 200 caracteres.']],
    [{ nombre: 'x', contenido: 'x'.repeat(20_001) }, ['contenido: Debe tener como máximo 20000 caracteres.']],
  ])('with fields that do not fit are refused, one sentence each, nombre first', async (body, errors) => {
    const answer = await client.write('POST', PATH, body);
    expect([answer.status, answer.body.errors]).toEqual([422, errors]);
  });
});
