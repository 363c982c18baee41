import { transactWithReceipt } from '../../platform/dynamo/receipt.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { Condition } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { templateKey, templatePartition } from './template.keys.ts';
import {
  LATE_CHECKIN_CATEGORY,
  lateCheckinList,
  type Template,
  type TemplateFilter,
  template,
  vaultList,
} from './template.ts';

/** Fields that an edit replaces; what is absent stays. */
export type TemplateChanges = Partial<Pick<Template, 'nombre' | 'contenido' | 'idioma' | 'categoria'>>;

/** Which templates a tool may touch: the vault any, the late check-in tool its own. */
export type TemplateTool = 'vault' | 'late-checkin';

/**
 * The message templates of one company, shared by the vault and the late check-in tool. A template that either of
 * them has deleted is gone for both (D-32). Changes look at what stands there as they write: no reading before.
 */
export class TemplateRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** The vault's list: active ones, the one changed last first. */
  async listForVault(filter: TemplateFilter = {}): Promise<readonly Template[]> {
    return vaultList(await this.#all(), filter);
  }

  /** The late check-in tool's list: active ones of its category, the oldest first. */
  async listLateCheckin(): Promise<readonly Template[]> {
    return lateCheckinList(await this.#all());
  }

  /** The company's late check-in template: the oldest active one. */
  async findLateCheckin(): Promise<Template | undefined> {
    return (await this.listLateCheckin())[0];
  }

  /** An active template. */
  async find(id: string): Promise<Template | undefined> {
    const row = await this.#scope.table.get(templateKey(this.#scope.empresaId, id), { consistent: true });
    const found = row && template.parse(row);
    return found?.activa ? found : undefined;
  }

  /** Puts down a template as a whole. */
  async save(entry: Template): Promise<void> {
    const item = { ...templateKey(this.#scope.empresaId, entry.id), ...entry };
    await transactWithReceipt(this.#scope, [{ kind: 'put', item }]);
  }

  /**
   * Changes an active template.
   * @param now `updated_at`, ISO 8601
   * @returns the template as it is now; undefined when the tool has no such template
   */
  async change(id: string, changes: TemplateChanges, tool: TemplateTool, now: string): Promise<Template | undefined> {
    const set = Object.entries({ ...changes, updated_at: now }).filter(([, value]) => value !== undefined);
    const row = await this.#update(
      id,
      {
        expression: `SET ${set.map(([field]) => `#${field} = :${field}`).join(', ')}`,
        names: Object.fromEntries(set.map(([field]) => [`#${field}`, field])),
        values: Object.fromEntries(set.map(([field, value]) => [`:${field}`, value])),
      },
      belongsTo(tool),
    );
    return row && template.parse(row);
  }

  /**
   * The vault's deletion: the row stays, for nobody to see; may be repeated.
   * @returns false when there never was such a template
   */
  async retire(id: string, now: string): Promise<boolean> {
    const update = {
      expression: 'SET activa = :inactive, updated_at = :now',
      values: { ':inactive': false, ':now': now },
    };
    return (await this.#update(id, update, { expression: 'attribute_exists(pk)' })) !== undefined;
  }

  /**
   * The late check-in tool's deletion: the row goes.
   * @returns false when the tool has no such template (any more)
   */
  async remove(id: string): Promise<boolean> {
    const key = templateKey(this.#scope.empresaId, id);
    return holds(async () => {
      await this.#scope.table.write({ kind: 'delete', key, condition: belongsTo('late-checkin') });
      return true;
    }, false);
  }

  #update(id: string, update: Condition, condition: Condition): Promise<Record<string, unknown> | undefined> {
    const key = templateKey(this.#scope.empresaId, id);
    return holds(() => this.#scope.table.write({ kind: 'update', key, update, condition }), undefined);
  }

  /** One query for as many templates as people write; a page more for each megabyte of them. */
  async #all(): Promise<readonly Template[]> {
    const found: Template[] = [];
    const query = { pk: templatePartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) found.push(template.parse(row));
    return found;
  }
}

function belongsTo(tool: TemplateTool): Condition {
  const active = { expression: 'activa = :active', values: { ':active': true } };
  if (tool === 'vault') return active;
  return {
    expression: `${active.expression} AND categoria = :late`,
    values: { ...active.values, ':late': LATE_CHECKIN_CATEGORY },
  };
}

/** What the write answers, or `otherwise` when its condition did not hold. */
async function holds<T>(write: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    if (thrown instanceof ConditionFailed) return otherwise;
    throw thrown;
  }
}
