import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { templateKey, templatePartition } from './template.keys.ts';
import { type Template, template } from './template.ts';

/** The message templates of one company. */
export class TemplateRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** The company's late check-in template: the oldest active one (`stay-sidekick.md` §4.8 lists oldest first). */
  async findLateCheckin(): Promise<Template | undefined> {
    let oldest: Template | undefined;
    for await (const row of this.#scope.table.queryAll({ pk: templatePartition(this.#scope.empresaId) })) {
      const candidate = template.parse(row);
      const usable = candidate.activa && candidate.categoria === 'CHECKIN_TARDIO';
      if (usable && (oldest === undefined || candidate.created_at < oldest.created_at)) oldest = candidate;
    }
    return oldest;
  }

  async save(entry: Template): Promise<void> {
    await this.#scope.table.write({ kind: 'put', item: { ...templateKey(this.#scope.empresaId, entry.id), ...entry } });
  }
}
