import { type Item, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { type IntegrationName, integrationKey, integrationPartition } from './integration.keys.ts';
import {
  type AiIntegration,
  aiIntegration,
  type DiscordIntegration,
  discordIntegration,
  googleIntegration,
  type Integrations,
  type PmsIntegration,
  pmsIntegration,
  pmsUse,
} from './integration.ts';

/** What becomes of the stored AI key: another one, none, or the one that is there (ruling 15). */
export type AiKeyChange = { readonly sealed: string } | 'erase' | 'keep';

/**
 * What one company has connected. Changes are handed out as writes, to be committed with their audit entry. Each is
 * one upsert of one row: parallel saves end in the state of one of them, whatever stood there before (D-47).
 */
export class IntegrationRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** What panels show, by one query. */
  async find(): Promise<Integrations> {
    const { empresaId, table } = this.#scope;
    const { items } = await table.query({ pk: integrationPartition(empresaId), consistent: true });
    const rowOf = (name: IntegrationName) => items.find(({ sk }) => sk === integrationKey(empresaId, name).sk);
    const [pms, ia, google] = [rowOf('pms'), rowOf('ia'), rowOf('google')];
    return {
      ...(pms && { pms: pmsIntegration.parse(pms) }),
      ...(ia && { ia: aiIntegration.parse(ia) }),
      ...(google && { google: googleIntegration.parse(google) }),
    };
  }

  /**
   * Sets the PMS and removes what using another credential has left; an endpoint that is not named stays
   * (`stay-sidekick.md` §4.3).
   */
  savingPms(pms: PmsIntegration, now: string): Write {
    return this.#upsert('pms', pms, now, Object.keys(pmsUse.shape));
  }

  /** Sets provider and model; the key as said. */
  savingAi({ proveedor, modelo }: Omit<AiIntegration, 'sealed'>, key: AiKeyChange, now: string): Write {
    if (typeof key === 'object') return this.#upsert('ia', { proveedor, modelo, ...key }, now);
    return this.#upsert('ia', { proveedor, modelo }, now, key === 'erase' ? ['sealed'] : []);
  }

  /** The company's own channel by one read; undefined when there is none. */
  async findDiscord(): Promise<DiscordIntegration | undefined> {
    const row = await this.#scope.table.get(integrationKey(this.#scope.empresaId, 'discord'), { consistent: true });
    return row && discordIntegration.parse(row);
  }

  savingDiscord(discord: DiscordIntegration, now: string): Write {
    return this.#upsert('discord', discord, now);
  }

  /** Refused when there is nothing to remove. */
  removing(name: IntegrationName): Write {
    return { kind: 'delete', key: integrationKey(this.#scope.empresaId, name), condition: PRESENT };
  }

  /** Sets some fields and removes others of a row that may or may not be there. */
  #upsert(name: IntegrationName, fields: Item, now: string, removed: readonly string[] = []): Write {
    const set = Object.entries({ ...fields, updated_at: now });
    const assignments = [
      ...set.map(([field]) => `#${field} = :${field}`),
      'created_at = if_not_exists(created_at, :updated_at)',
    ];
    const removal = removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : '';
    return {
      kind: 'update',
      key: integrationKey(this.#scope.empresaId, name),
      update: {
        expression: `SET ${assignments.join(', ')}${removal}`,
        names: Object.fromEntries(set.map(([field]) => [`#${field}`, field])),
        values: Object.fromEntries(set.map(([field, value]) => [`:${field}`, value])),
      },
    };
  }
}
