import { describe, expect, it } from 'vitest';
import type { Company } from '../../../shared/domain/company/company.ts';
import { auditedChanges, changedCompany, companyChangeWrites } from '../../../shared/domain/company/company-changes.ts';

const stamp = '2026-05-01T10:00:00+00:00';
const later = '2026-06-01T10:00:00+00:00';
const seen: Company = {
  id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  nombre: 'Sol',
  email: 'sol@example.com',
  activa: true,
  zona_horaria: 'Europe/Madrid',
  retencion_meses: 24,
  max_usuarios: 10,
  herramientas_activas: { vault: false },
  session_version: 0,
  created_at: stamp,
  updated_at: stamp,
};

describe('changes of a company', () => {
  it('that change nothing write nothing', () => {
    const same = { nombre: 'Sol', activa: undefined, herramientas_activas: { vault: false, heatmap: undefined } };
    expect(companyChangeWrites(seen, same, later)).toEqual([]);
    expect(auditedChanges(seen, same)).toEqual({});
  });

  it('touch their own paths only, so that others may change the rest meanwhile', () => {
    const [write, ...others] = companyChangeWrites(seen, { herramientas_activas: { heatmap: false } }, later);
    expect(others).toEqual([]);
    expect(write).toMatchObject({
      kind: 'update',
      update: {
        expression: 'SET #herramientas_activas.#heatmap = :v0, #updated_at = :v1',
        values: { ':v0': false, ':v1': later },
      },
      condition: { expression: 'attribute_exists(pk)' },
    });
  });

  it('of the address move its lock, provided that the address is still the one that was seen', () => {
    const writes = companyChangeWrites(seen, { email: 'mar@example.com' }, later);
    expect(writes.map(({ kind }) => kind)).toEqual(['update', 'put', 'delete']);
    expect(writes[0]).toMatchObject({ condition: { expression: '#email = :seen' } });
    expect(writes[1]).toMatchObject({ item: { pk: 'P#COMPANY_EMAIL#mar@example.com', empresa_id: seen.id } });
    expect(writes[2]).toMatchObject({ key: { pk: 'P#COMPANY_EMAIL#sol@example.com' } });
  });

  it('merge the switches of tools by key', () => {
    const changed = changedCompany(seen, { max_usuarios: 3, herramientas_activas: { heatmap: false } }, later);
    expect(changed).toEqual({
      ...seen,
      max_usuarios: 3,
      herramientas_activas: { vault: false, heatmap: false },
      updated_at: later,
    });
  });

  it('are told to the audit trail without names and addresses', () => {
    const wanted = { nombre: 'Mar', email: 'mar@example.com', activa: false, herramientas_activas: { vault: true } };
    expect(auditedChanges(seen, wanted)).toEqual({
      nombre: 'cambiado',
      email: 'cambiado',
      activa: false,
      'herramientas_activas.vault': true,
    });
  });
});
