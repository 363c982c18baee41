import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import type { Role } from '../../shared/platform/auth/actor.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const PATH = '/api/empresa';
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

async function aCompanyWith(role: Role = 'admin'): Promise<{ company: Company; client: ApiClient }> {
  const company = await cloud.given.aCompany();
  const { email } = await cloud.given.aUser(company, { role });
  return { company, client: await cloud.client.signIn(email, PASSWORD) };
}

const seen = ({ status, body }: ApiAnswer) => [status, body];
const shown = ({ id, nombre, email, zona_horaria, retencion_meses, herramientas_activas, max_usuarios }: Company) => ({
  id,
  nombre,
  email,
  zona_horaria,
  retencion_meses,
  herramientas_activas,
  max_usuarios,
});

describe('GET /api/empresa', () => {
  it.each(['admin', 'manager', 'member', 'viewer'] as const)(
    'shows a %s the settings of the own company',
    async (role) => {
      const { company, client } = await aCompanyWith(role);
      expect(seen(await client.get(PATH))).toEqual([200, { ok: true, empresa: shown(company) }]);
    },
  );
});

describe('PATCH /api/empresa', () => {
  it('changes each field by itself', async () => {
    const { company, client } = await aCompanyWith();
    const steps = [
      { nombre: 'Sol y Mar' },
      { email: `otra.${company.email}` },
      { zona_horaria: 'Atlantic/Canary' },
      { retencion_meses: 6 },
      { herramientas_activas: { heatmap: false } },
    ];
    let expected = shown(company);
    for (const step of steps) {
      expected = { ...expected, ...step };
      expect(seen(await client.write('PATCH', PATH, step))).toEqual([200, { ok: true, empresa: expected }]);
    }
    expect((await client.get(PATH)).body).toEqual({ ok: true, empresa: expected });
    const { items } = await new AuditRepository(new TenantScope(cloud.table, company.id)).list({ limite: 10 });
    expect(items.map(({ accion, cambios }) => [accion, cambios])).toEqual([
      ['empresa.editar', { 'herramientas_activas.heatmap': false }],
      ['empresa.editar', { retencion_meses: 6 }],
      ['empresa.editar', { zona_horaria: 'Atlantic/Canary' }],
      ['empresa.editar', { email: 'cambiado' }],
      ['empresa.editar', { nombre: 'cambiado' }],
    ]);
  });

  it('merges the switches by key, also when four are moved at once', async () => {
    const { client } = await aCompanyWith();
    await client.csrf();
    const tools = ['heatmap', 'late_checkin', 'google_contacts', 'vault'];
    const answers = await Promise.all(
      tools.map((tool) => client.write('PATCH', PATH, { herramientas_activas: { [tool]: false } })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await client.get(PATH)).body).toMatchObject({
      empresa: { herramientas_activas: Object.fromEntries(tools.map((tool) => [tool, false])) },
    });
    await client.write('PATCH', PATH, { herramientas_activas: { vault: true } });
    expect((await client.get(PATH)).body).toMatchObject({
      empresa: { herramientas_activas: { heatmap: false, late_checkin: false, google_contacts: false, vault: true } },
    });
  });

  it('is for admins, and never for another company', async () => {
    for (const role of ['manager', 'member', 'viewer'] as const) {
      const { client } = await aCompanyWith(role);
      expect((await client.write('PATCH', PATH, { nombre: 'X' })).status).toBe(403);
    }
    const { company } = await aCompanyWith();
    const { client } = await aCompanyWith();
    await client.write('PATCH', `${PATH}?empresa_id=${company.id}`, { nombre: 'Ajena' });
    const { email } = await cloud.given.aUser(company);
    const own = await (await cloud.client.signIn(email, PASSWORD)).get(PATH);
    expect(own.body).toEqual({ ok: true, empresa: shown(company) });
  });

  it("refuses another company's address", async () => {
    const { company } = await aCompanyWith();
    const { client } = await aCompanyWith();
    const answer = await client.write('PATCH', PATH, { email: company.email });
    expect(seen(answer)).toEqual([409, { ok: false, errors: ['Ya existe una empresa con ese email.'] }]);
  });

  it.each([
    [{}, ['No hay nada que cambiar: envía al menos un campo.']],
    [{ zona_horaria: 'Europa/Madrid' }, ['zona_horaria debe ser una zona IANA, por ejemplo Europe/Madrid.']],
    [{ zona_horaria: '+02:00' }, ['zona_horaria debe ser una zona IANA, por ejemplo Europe/Madrid.']],
    [{ zona_horaria: 2 }, ['zona_horaria debe ser un texto.']],
    [{ retencion_meses: 0 }, ['retencion_meses debe ser un número entero entre 1 y 120.']],
    [{ retencion_meses: 1.5 }, ['retencion_meses debe ser un número entero entre 1 y 120.']],
    [{ herramientas_activas: [] }, ['herramientas_activas debe ser un objeto.']],
    [{ herramientas_activas: { vault: 'no' } }, ['herramientas_activas.vault debe ser verdadero o falso.']],
    [
      { herramientas_activas: { piscina: true } },
      [
        'herramientas_activas lleva un campo que no se conoce: quítalo o corrige su nombre. Se admiten: heatmap, late_checkin, google_contacts, vault.',
      ],
    ],
    [
      { max_usuarios: 50 },
      [
        'La petición lleva un campo que no se conoce: quítalo o corrige su nombre. Se admiten: nombre, email, zona_horaria, retencion_meses, herramientas_activas.',
      ],
    ],
  ])('answers 422 to %j', async (body, errors) => {
    const { client } = await aCompanyWith();
    expect(seen(await client.write('PATCH', PATH, body))).toEqual([422, { ok: false, errors }]);
  });
});
