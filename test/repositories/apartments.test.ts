import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApartmentRepository, CatalogueMoved } from '../../shared/domain/apartment/apartment.repository.ts';
import { bringCatalogue } from '../../shared/domain/apartment/bring-catalogue.ts';
import type { CatalogueSource, IncomingApartment } from '../../shared/domain/apartment/catalogue-plan.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const NOW = '2026-06-01T10:00:00+00:00';
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

let company: { id: string };
let apartments: ApartmentRepository;
beforeEach(async () => {
  company = await cloud.given.aCompany();
  apartments = new ApartmentRepository(new TenantScope(cloud.table, company.id));
});

const by = () => ({
  now: NOW,
  commit: (_: unknown, writes: readonly Write[]) => new TenantScope(cloud.table, company.id).table.transact(writes),
});

function said(id_pms: string, facts: Partial<IncomingApartment> = {}): IncomingApartment {
  return { id_pms, id_externo: id_pms, nombre: `Piso ${id_pms}`, direccion: null, ciudad: null, ...facts };
}

function source(dwellings: readonly IncomingApartment[], facts: Partial<CatalogueSource> = {}): CatalogueSource {
  const common = { origin: 'smoobu', gone: new Set<string>(), now: NOW, newId: () => randomIds.uuid() } as const;
  return { empresaId: company.id, apartments: dwellings, ...common, ...facts };
}

const names = async () => (await apartments.list()).map(({ nombre, activo }) => (activo ? nombre : `(${nombre})`));

describe('an id of the PMS is one apartment in a company', () => {
  it('whoever comes second is refused, an inactive holder included, and another company is not concerned', async () => {
    const first = await cloud.given.anApartment(company, { id_pms: '7' });
    await apartments.deactivate(first.id, by());
    await expect(cloud.given.anApartment(company, { id_pms: '7' })).rejects.toThrow(CatalogueMoved);
    await cloud.given.anApartment(await cloud.given.aCompany(), { id_pms: '7' });
    expect(await apartments.list()).toHaveLength(1);
  });
});

describe('bringing a catalogue to what a source says', () => {
  it('creates, updates, leaves alone, deactivates and brings back', async () => {
    await bringCatalogue(apartments, source([said('1'), said('2'), said('3')]));
    const renamed = [said('1'), said('2', { nombre: 'Ático' }), said('4')];
    const second = await bringCatalogue(apartments, source(renamed, { gone: new Set(['3']) }));
    expect(second.outcomes).toEqual(['sin_cambios', 'actualizado', 'nuevo']);
    expect(second.deactivated.map(({ nombre }) => nombre)).toEqual(['Piso 3']);
    expect(await names()).toEqual(['Ático', 'Piso 1', '(Piso 3)', 'Piso 4']);
    const third = await bringCatalogue(apartments, source([said('1'), said('3')], { gone: new Set(['2', '4']) }));
    expect(third.outcomes).toEqual(['sin_cambios', 'actualizado']);
    expect(await names()).toEqual(['(Ático)', 'Piso 1', 'Piso 3', '(Piso 4)']);
  });

  it('two at once end as one: each dwelling once, new for one of them alone', async () => {
    const dwellings = Array.from({ length: 120 }, (_, at) => said(String(at)));
    const both = await Promise.all([1, 2].map(() => bringCatalogue(apartments, source(dwellings))));
    expect(await apartments.list()).toHaveLength(120);
    const times = dwellings.map((_, at) => both.filter(({ outcomes }) => outcomes[at] === 'nuevo').length);
    expect(times.filter((count) => count !== 1)).toEqual([]);
  });

  it('a change by hand in between is not lost', async () => {
    await bringCatalogue(apartments, source([said('1')]));
    const [row] = await apartments.list();
    let meanwhile: Promise<unknown> | undefined;
    const slow = {
      async list() {
        const seen = await apartments.list();
        meanwhile ??= apartments.edit(row?.id ?? '', { numero_registro: 'VFT/1' }, { ...by(), revision: undefined });
        await meanwhile;
        return seen;
      },
      commit: apartments.commit.bind(apartments),
    };
    await bringCatalogue(slow, source([said('1', { nombre: 'Ático' })]));
    expect(await apartments.list()).toMatchObject([{ nombre: 'Ático', numero_registro: 'VFT/1', revision: 3 }]);
  });
});

describe('an edit by hand', () => {
  it('is refused when it is bound to a revision that is gone, and wins when it is bound to none', async () => {
    const { id } = await cloud.given.anApartment(company);
    const edit = (nombre: string, revision?: number) => apartments.edit(id, { nombre }, { ...by(), revision });
    expect(await edit('Uno', 1)).toMatchObject({ nombre: 'Uno', revision: 2 });
    expect(await edit('Dos', 1)).toBe('outdated');
    expect(await edit('Tres')).toMatchObject({ nombre: 'Tres', revision: 3 });
    expect(await apartments.edit(randomIds.uuid(), { nombre: 'x' }, { ...by(), revision: undefined })).toBeUndefined();
  });
});

it('names are in the order of Spanish, numbers in theirs', async () => {
  for (const nombre of ['Zaguán', 'Ático 10', 'ático 9', 'Ñandú', 'Nube', 'Oasis']) {
    await cloud.given.anApartment(company, { nombre });
  }
  expect(await names()).toEqual(['ático 9', 'Ático 10', 'Nube', 'Ñandú', 'Oasis', 'Zaguán']);
});
