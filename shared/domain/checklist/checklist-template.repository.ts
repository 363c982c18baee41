import type { Write } from '../../platform/dynamo/table.ts';
import { ABSENT } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { checklistTemplateKey, checklistTemplatePartition } from './checklist.keys.ts';
import { type ChecklistTemplate, checklistTemplate } from './checklist.ts';

/** The checklist templates of one company. */
export class ChecklistTemplateRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(id: number): Promise<ChecklistTemplate | undefined> {
    const row = await this.#scope.table.get(checklistTemplateKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : checklistTemplate.parse(row);
  }

  /** All of them, by type of task and name. A company has a few dozen. */
  async list(): Promise<readonly ChecklistTemplate[]> {
    const found: ChecklistTemplate[] = [];
    const query = { pk: checklistTemplatePartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) found.push(checklistTemplate.parse(row));
    return found.sort((a, b) => a.task_type.localeCompare(b.task_type) || a.name.localeCompare(b.name) || a.id - b.id);
  }

  /** The write that adds a template. */
  adding(template: ChecklistTemplate): Write {
    const key = checklistTemplateKey(this.#scope.empresaId, template.id);
    return { kind: 'put', item: { ...key, ...template }, condition: ABSENT };
  }
}
