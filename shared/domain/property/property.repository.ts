import { type Commit, commitGuarded } from '../../platform/dynamo/guarded-write.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { companyKey } from '../company/company.keys.ts';
import { company, DEFAULT_ZONE } from '../company/company.ts';
import { propertyKey, propertyPartition } from './property.keys.ts';
import { type Property, property } from './property.ts';
import { changeWrites, creationWrites, type PropertyRefusal, type PropertyWrite } from './property-writes.ts';

/** A write about a property did not take place; nothing was written. */
export class PropertyRefused extends Error {
  override readonly name = 'PropertyRefused';
  readonly refusal: PropertyRefusal;

  constructor(refusal: PropertyRefusal) {
    super(`A write about a property was refused: ${refusal}`);
    this.refusal = refusal;
  }
}

/** The properties of one company, each with its units in one row. */
export class PropertyRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Every property by id, deleted ones too: past bookings show their names. A few hundred rows, read page by page. */
  async listAll(): Promise<readonly Property[]> {
    const found: Property[] = [];
    const query = { pk: propertyPartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) found.push(property.parse(row));
    return found;
  }

  /** The properties that are there. */
  async list(): Promise<readonly Property[]> {
    return (await this.listAll()).filter(isLive);
  }

  /** A property that is there. */
  async find(id: number): Promise<Property | undefined> {
    const row = await this.#scope.table.get(propertyKey(this.#scope.empresaId, id), { consistent: true });
    const found = row && property.parse(row);
    return found && isLive(found) ? found : undefined;
  }

  /** Up to 100 properties, deleted or not, in one round trip and in no order. */
  async findMany(ids: readonly number[]): Promise<readonly Property[]> {
    if (ids.length === 0) return [];
    const keys = [...new Set(ids)].map((id) => propertyKey(this.#scope.empresaId, id));
    return (await this.#scope.table.getMany(keys, { consistent: true })).map((row) => property.parse(row));
  }

  /**
   * A property, deleted or not, with the zone of its company, which its dates are read in where it has none of its own:
   * one request.
   */
  async findAnyWithZone(
    id: number,
  ): Promise<{ readonly property: Property | undefined; readonly companyZone: string }> {
    const { empresaId, table } = this.#scope;
    const wanted = propertyKey(empresaId, id);
    const rows = await table.getMany([wanted, companyKey(empresaId)], { consistent: true });
    const row = rows.find(({ pk, sk }) => pk === wanted.pk && sk === wanted.sk);
    const owner = rows.find(({ sk }) => sk === companyKey(empresaId).sk);
    return {
      property: row && property.parse(row),
      companyZone: owner === undefined ? DEFAULT_ZONE : company.parse(owner).zona_horaria,
    };
  }

  /**
   * Adds a property with its units.
   * @throws PropertyRefused `name_taken`
   */
  async create(added: Property, commit?: Commit): Promise<void> {
    await this.#write(creationWrites(this.#scope.empresaId, added), commit);
  }

  /**
   * Replaces a property as it was seen; deleting is a change too. The version rises, so that bookings that were being
   * written meanwhile look again.
   * @throws PropertyRefused `changed` when the property is not as `seen` any more, `name_taken`
   */
  async change(seen: Property, wanted: Property, commit?: Commit): Promise<Property> {
    const changed = { ...wanted, version: seen.version + 1 };
    await this.#write(changeWrites(this.#scope.empresaId, seen, changed), commit);
    return changed;
  }

  /** The order of the writes is the order in which their refusals are told. */
  #write(guarded: readonly PropertyWrite[], commit: Commit = (writes) => this.#scope.table.transact(writes)) {
    return commitGuarded(guarded, commit, (refusal) => new PropertyRefused(refusal));
  }
}

function isLive({ deleted_at }: Property): boolean {
  return deleted_at === null;
}
