import { describe, expect, it } from 'vitest';
import {
  canonicalCategory,
  lateCheckinList,
  type Template,
  vaultList,
} from '../../../shared/domain/template/template.ts';

const ids = [
  '3fa85f64-5717-4562-b3fc-2c963f66afa1',
  '3fa85f64-5717-4562-b3fc-2c963f66afa2',
  '3fa85f64-5717-4562-b3fc-2c963f66afa3',
  '3fa85f64-5717-4562-b3fc-2c963f66afa4',
] as const;

function aTemplate(at: number, wanted: Partial<Template> = {}): Template {
  const stamp = `2026-05-0${at + 1}T10:00:00+00:00`;
  return {
    id: ids[at] ?? '',
    empresa_id: ids[0],
    nombre: `Plantilla ${at}`,
    contenido: 'Hola {NOMBRE}',
    idioma: 'es',
    categoria: null,
    activa: true,
    created_at: stamp,
    updated_at: stamp,
    ...wanted,
  };
}

const namesOf = (templates: readonly Template[]) => templates.map(({ nombre }) => nombre);

describe("the vault's list", () => {
  const templates = [
    aTemplate(0, { categoria: 'CHECKIN_TARDIO' }),
    aTemplate(1, { idioma: 'en', categoria: 'GENERAL', updated_at: '2026-06-01T10:00:00+00:00' }),
    aTemplate(2),
    aTemplate(3, { activa: false }),
  ];

  it('has the active ones, the one changed last first', () => {
    expect(namesOf(vaultList(templates, {}))).toEqual(['Plantilla 1', 'Plantilla 2', 'Plantilla 0']);
  });

  it('is narrowed by exact values; an empty value narrows nothing, an unknown one leaves nothing', () => {
    expect(namesOf(vaultList(templates, { categoria: 'GENERAL' }))).toEqual(['Plantilla 1']);
    expect(namesOf(vaultList(templates, { idioma: 'es', categoria: '' }))).toEqual(['Plantilla 2', 'Plantilla 0']);
    expect(namesOf(vaultList(templates, { idioma: 'es', categoria: 'GENERAL' }))).toEqual([]);
    expect(namesOf(vaultList(templates, { categoria: 'general' }))).toEqual([]);
  });

  it('knows late check-in templates under both names (D-31)', () => {
    for (const categoria of ['CHECKIN_TARDIO', 'checkin_tardio']) {
      expect(namesOf(vaultList(templates, { categoria }))).toEqual(['Plantilla 0']);
    }
  });
});

describe("the late check-in tool's list", () => {
  it('has the active ones of its category, the oldest first, those of the vault included (D-31, D-32)', () => {
    const late = { categoria: 'CHECKIN_TARDIO' } as const;
    const templates = [aTemplate(2, late), aTemplate(0, late), aTemplate(1), aTemplate(3, { ...late, activa: false })];
    expect(namesOf(lateCheckinList(templates))).toEqual(['Plantilla 0', 'Plantilla 2']);
  });
});

it('one canonical category: the other name maps to it, everything else stays', () => {
  expect(['checkin_tardio', 'CHECKIN_TARDIO', 'otra', null].map(canonicalCategory)).toEqual([
    'CHECKIN_TARDIO',
    'CHECKIN_TARDIO',
    'otra',
    null,
  ]);
});
