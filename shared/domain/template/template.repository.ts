import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Condition, Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
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

/** A template as it was, null before it was added, and as it is to be. */
export interface TemplateChange {
  readonly before: Template | null;
  readonly after: Template;
}

/** Writes a change, with what else has to be told of it. */
export type CommitTemplate = (change: TemplateChange, writes: readonly Write[]) => Promise<unknown>;

interface ChangeBy {
  /** `updated_at`, ISO 8601. */
  readonly now: string;
  readonly commit: CommitTemplate;
}

/** Times that a change is tried again because somebody else came first. */
const ROUNDS = 20;

/** Which templates a tool may touch: the vault any, the late check-in tool its own. */
export type TemplateTool = 'vault' | 'late-checkin';

/**
 * The message templates of one company, shared by the vault and the late check-in tool. A template that either of
 * them has deleted is gone for both (D-32).
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
    const found = await this.#row(id);
    return found?.activa ? found : undefined;
  }

  /** Puts down a template as a whole. */
  async save(entry: Template): Promise<void> {
    await this.#scope.table.transact([this.#putting(entry)]);
  }

  /** Adds a template. */
  async create(entry: Template, commit: CommitTemplate): Promise<void> {
    await commit({ before: null, after: entry }, [this.#putting(entry)]);
  }

  /**
   * Changes an active template; what comes last wins.
   * @returns the template as it is now; undefined when the tool has no such template
   */
  change(id: string, changes: TemplateChanges, tool: TemplateTool, by: ChangeBy): Promise<Template | undefined> {
    const set = Object.entries(changes).filter(([, value]) => value !== undefined);
    return this.#rewrite(id, by, (seen) => (belongsTo(seen, tool) ? Object.fromEntries(set) : undefined));
  }

  /**
   * The vault's deletion: the row stays, for nobody to see; may be repeated.
   * @returns false when there never was such a template
   */
  async retire(id: string, by: ChangeBy): Promise<boolean> {
    const retired = await this.#rewrite(id, by, ({ activa }) => (activa ? { activa: false } : undefined));
    return retired !== undefined || (await this.#row(id)) !== undefined;
  }

  /**
   * The late check-in tool's deletion: the row goes.
   * @returns false when the tool has no such template (any more)
   */
  async remove(id: string, commit: CommitTemplate): Promise<boolean> {
    const key = templateKey(this.#scope.empresaId, id);
    for (let round = 0; ; round += 1) {
      const before = await this.#row(id);
      if (before === undefined || !belongsTo(before, 'late-checkin')) return false;
      const change = { before, after: { ...before, activa: false } };
      if (await isDone(commit(change, [{ kind: 'delete', key, condition: asSeen(before) }]), round)) return true;
    }
  }

  /**
   * Reads a row and writes it on condition that it is still as it was read, again when somebody came first.
   * @param wanted what is to be different; undefined: the row is not to be written
   */
  async #rewrite(
    id: string,
    { now, commit }: ChangeBy,
    wanted: (seen: Template) => Partial<Template> | undefined,
  ): Promise<Template | undefined> {
    for (let round = 0; ; round += 1) {
      const before = await this.#row(id);
      const changes = before && wanted(before);
      if (before === undefined || changes === undefined) return undefined;
      const after = { ...before, ...changes, updated_at: now };
      const write = { ...this.#putting(after), condition: asSeen(before) };
      if (await isDone(commit({ before, after }, [write]), round)) return after;
    }
  }

  async #row(id: string): Promise<Template | undefined> {
    const row = await this.#scope.table.get(templateKey(this.#scope.empresaId, id), { consistent: true });
    return row && template.parse(row);
  }

  #putting(entry: Template) {
    return { kind: 'put', item: { ...templateKey(this.#scope.empresaId, entry.id), ...entry } } as const;
  }

  /** One query for as many templates as people write; a page more for each megabyte of them. */
  async #all(): Promise<readonly Template[]> {
    const found: Template[] = [];
    const query = { pk: templatePartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) found.push(template.parse(row));
    return found;
  }
}

function belongsTo({ activa, categoria }: Template, tool: TemplateTool): boolean {
  return activa && (tool === 'vault' || categoria === LATE_CHECKIN_CATEGORY);
}

function asSeen({ updated_at, activa }: Template): Condition {
  return {
    expression: 'updated_at = :seen AND activa = :active',
    values: { ':seen': updated_at, ':active': activa },
  };
}

/** False when somebody else came first, and it may be tried again. */
async function isDone(commit: Promise<unknown>, round: number): Promise<boolean> {
  try {
    await commit;
    return true;
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused)) throw thrown;
    if (round < ROUNDS) return false;
    throw new AppError('unavailable', 'La plantilla está cambiando a la vez. Vuelve a intentarlo.', { retryAfter: 1 });
  }
}
