import { ABSENT, type Condition, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { autoTaskTemplateKey, autoTaskTemplatePartition } from './auto-task-template.keys.ts';
import { type AutoTaskTemplate, autoTaskTemplate } from './auto-task-template.ts';

/** The automatic templates of one company. */
export class AutoTaskTemplateRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(id: number): Promise<AutoTaskTemplate | undefined> {
    const row = await this.#scope.table.get(autoTaskTemplateKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : autoTaskTemplate.parse(row);
  }

  /** All of them, the oldest first. A company has a few dozen. */
  async list(): Promise<readonly AutoTaskTemplate[]> {
    const found: AutoTaskTemplate[] = [];
    const query = { pk: autoTaskTemplatePartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) found.push(autoTaskTemplate.parse(row));
    return found;
  }

  /** The write of a template; it holds only while the template is as it was read, a new one while there is none. */
  saving(next: Omit<AutoTaskTemplate, 'version'>, seen: AutoTaskTemplate | undefined): Write {
    const item = { ...autoTaskTemplateKey(this.#scope.empresaId, next.id), ...next, version: (seen?.version ?? 0) + 1 };
    return { kind: 'put', item, condition: seen === undefined ? ABSENT : unchanged(seen) };
  }

  /** The write that deletes a template as it was read; its tasks stay. */
  deleting(seen: AutoTaskTemplate): Write {
    return { kind: 'delete', key: autoTaskTemplateKey(this.#scope.empresaId, seen.id), condition: unchanged(seen) };
  }
}

function unchanged({ version }: AutoTaskTemplate): Condition {
  return { expression: 'version = :seen', values: { ':seen': version } };
}
