import { describe, expect, it } from 'vitest';
import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { type IncomingApartment, planCatalogue } from '../../../shared/domain/apartment/catalogue-plan.ts';
import { aRow, aSource, incoming, NOW, THEN } from './given-apartments.ts';

const plan = (source: readonly IncomingApartment[], catalogue: readonly Apartment[] = []) =>
  planCatalogue(aSource(source), catalogue);
const outcomes = (...given: Parameters<typeof plan>) => plan(...given).decisions.map(({ outcome }) => outcome);

describe('a dwelling that nobody knows', () => {
  it('is new, active, and of the origin of its source', () => {
    const { changes } = plan([incoming({ id_pms: '7', ciudad: 'Cádiz' })]);
    expect(changes).toEqual([
      {
        before: null,
        after: expect.objectContaining({
          id_pms: '7',
          ciudad: 'Cádiz',
          pms_origen: 'xlsx',
          activo: true,
          revision: 1,
          created_at: NOW,
          updated_at: NOW,
        }),
        decisions: [{ position: 0, outcome: 'nuevo' }],
      },
    ]);
  });

  it('named twice is one new and one updated, and written once with the last word', () => {
    const twice = plan([incoming({ nombre: 'Sol' }), incoming({ nombre: 'Luna' })]);
    expect(twice.decisions.map(({ outcome }) => outcome)).toEqual(['nuevo', 'actualizado']);
    expect(twice.changes).toHaveLength(1);
    expect(twice.changes[0]?.after?.nombre).toBe('Luna');
  });
});

describe('a dwelling that is known by its id of the PMS', () => {
  it('equal in everything that is said is unchanged and not written', () => {
    const { decisions, changes } = plan([incoming()], [aRow({ direccion: 'Calle Mar, 1', ciudad: 'Cádiz' })]);
    expect([decisions.map(({ outcome }) => outcome), changes]).toEqual([['sin_cambios'], []]);
  });

  it.each<[string, Partial<IncomingApartment>, Partial<Apartment>]>([
    ['another name', { nombre: 'Luna' }, {}],
    ['another code', { id_externo: 'B' }, {}],
    ['an address that says something', { direccion: 'Calle Ancha, 2' }, { direccion: 'Calle Mar, 1' }],
    ['a city where none was known', { ciudad: 'Cádiz' }, {}],
    ['a word of what was deleted', {}, { activo: false }],
  ])('with %s is updated, and nothing else of it changes', (_, said, known) => {
    const before = aRow({ ...known, numero_registro: 'VFT/CA/1', pms_origen: 'manual', revision: 4 });
    const [change] = plan([incoming(said)], [before]).changes;
    expect(change?.before).toBe(before);
    expect(change?.after).toEqual({ ...before, ...said, activo: true, revision: 5, updated_at: NOW, created_at: THEN });
  });

  it('put back by a later line is no change', () => {
    expect(plan([incoming({ nombre: 'Luna' }), incoming()], [aRow()]).changes).toEqual([]);
  });
});

describe('a dwelling without an id of the PMS (D-28)', () => {
  const manual = aRow({ id_pms: null, id_externo: 'A', pms_origen: 'manual' });

  it('is found by its code, and gets the id', () => {
    const [change] = plan([incoming({ id_pms: '9' })], [manual]).changes;
    expect(change?.after).toMatchObject({ id: manual.id, id_pms: '9', pms_origen: 'manual' });
  });

  it.each<[string, IncomingApartment[], Apartment[]]>([
    [
      'two in the catalogue have the code',
      [incoming({ id_pms: '9' })],
      [manual, aRow({ id_pms: '3', id_externo: 'A' })],
    ],
    ['two in the source have it', [incoming({ id_pms: '9' }), incoming({ id_pms: '10' })], [manual]],
    ['it has none', [incoming({ id_pms: '9', id_externo: null })], [aRow({ id_pms: null, id_externo: null })]],
  ])('is left alone when %s', (_, source, catalogue) => {
    expect(new Set(outcomes(source, catalogue))).toEqual(new Set(['nuevo']));
  });

  it('is left alone when the id leads to another', () => {
    const other = aRow({ id_pms: '9', id_externo: 'B' });
    const { changes } = plan([incoming({ id_pms: '9' })], [manual, other]);
    expect(changes.map(({ before }) => before?.id)).toEqual([other.id]);
  });
});

describe('a source that says what is gone', () => {
  const source = aSource([incoming({ id_pms: '1' })], { origin: 'smoobu', gone: new Set(['1', '2', '3', '4', '9']) });

  it('deactivates that, of its own origin and active alone, and nothing that it names or does not speak of', () => {
    const gone = aRow({ id_pms: '2', pms_origen: 'smoobu' });
    const others = [
      aRow({ id_pms: '3', pms_origen: 'xlsx' }),
      aRow({ id_pms: '4', pms_origen: 'smoobu', activo: false }),
      aRow({ id_pms: '1', pms_origen: 'smoobu' }),
      aRow({ id_pms: '5', pms_origen: 'smoobu' }),
    ];
    const { changes } = planCatalogue(source, [gone, ...others]);
    expect(changes).toEqual([
      { before: gone, after: { ...gone, activo: false, revision: 2, updated_at: NOW }, decisions: [] },
    ]);
  });
});

describe('positions that are settled', () => {
  it('are not planned again', () => {
    const source = aSource([incoming(), incoming({ id_pms: '2' })]);
    const { decisions } = planCatalogue(source, [aRow()], new Map([[0, 'nuevo']]));
    expect(decisions.map(({ position, outcome }) => [position, outcome])).toEqual([[1, 'nuevo']]);
  });
});
