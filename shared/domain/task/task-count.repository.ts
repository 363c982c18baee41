import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, type Item, type Key, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { taskCountKey, taskCountPartition, taskPartition } from './task.keys.ts';
import { storedTask } from './task.ts';
import type { TaskViewer } from './task-access.ts';
import {
  CountSheet,
  type CountSubject,
  countsSeenBy,
  readCounts,
  readTotal,
  subjectsSeenBy,
  type TaskCounts,
  TOTAL,
  totalOf,
} from './task-counts.ts';

/** Rows of counts that one transaction replaces, beside the company's own. */
const PORTION = 90;
/** Times that a count starts over because tasks changed while it was taken. */
const ROUNDS = 20;

/** What counting a company's tasks anew found. */
export interface Recount {
  readonly tasks: number;
  /** Rows of counts that were not what the tasks say. */
  readonly corrected: readonly CountSubject[];
}

/** How many tasks of which type and status there are, kept in the transactions that change tasks. */
export class TaskCountRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** How many tasks a person sees, as they stand after the person's own last change: one round trip. */
  async seenBy(viewer: TaskViewer): Promise<TaskCounts> {
    const keys = new Map(subjectsSeenBy(viewer).map((subject) => [subject, this.#keyOf(subject)]));
    const rows = await this.#scope.table.getMany([...keys.values()], { consistent: true });
    return countsSeenBy(viewer, (subject) => readCounts(rows.find(({ sk }) => sk === keys.get(subject)?.sk)));
  }

  /**
   * Counts all tasks and puts right what the counts say otherwise, while the company works: what it writes holds only
   * if no count has changed since it began.
   * @throws Error when the tasks never stand still
   */
  async recount(): Promise<Recount> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const rows = await this.#rows();
      const counted = await this.#count();
      const all = this.#keyOf('ALL').sk;
      const changes = rows.get(all)?.changes;
      const wanted = new Map([...rows.keys()].map((sk) => [sk, {} as TaskCounts]));
      for (const [subject, counts] of counted.rows) wanted.set(this.#keyOf(subject).sk, counts);
      const wrong = [...wanted].filter(([sk, counts]) => {
        const row = rows.get(sk);
        return !same(readCounts(row), counts) || (sk === all && readTotal(row) !== totalOf(counts));
      });
      if (wrong.length === 0) return { tasks: counted.tasks, corrected: [] };
      if (await this.#replaced(wrong, changes)) {
        return { tasks: counted.tasks, corrected: wrong.map(([sk]) => subjectOf(sk)) };
      }
    }
    throw new Error('The tasks of a company never stood still');
  }

  async #rows(): Promise<ReadonlyMap<string, Item>> {
    const rows = new Map<string, Item>();
    const query = { pk: taskCountPartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) rows.set(String(row.sk), row);
    return rows;
  }

  async #count(): Promise<{ readonly rows: ReadonlyMap<CountSubject, TaskCounts>; readonly tasks: number }> {
    const sheet = new CountSheet();
    let tasks = 0;
    const query = { pk: taskPartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) {
      const task = storedTask.parse(row);
      sheet.add(task, 1);
      tasks += task.deleted_at === null ? 1 : 0;
    }
    return { rows: sheet.rows(), tasks };
  }

  /** False when a task was counted meanwhile; what was replaced until then is right all the same. */
  async #replaced(wrong: readonly (readonly [string, TaskCounts])[], changes: unknown): Promise<boolean> {
    const all = this.#keyOf('ALL');
    const still: Condition =
      changes === undefined ? ABSENT : { expression: 'changes = :seen', values: { ':seen': changes } };
    const own = wrong.find(([sk]) => sk === all.sk);
    const others = wrong.filter((row) => row !== own).map(([sk, counts]) => this.#putting(sk, counts));
    const unchanged: Write = { kind: 'check', key: all, condition: still };
    const last: Write =
      own === undefined
        ? unchanged
        : {
            kind: 'put',
            item: { ...all, ...own[1], [TOTAL]: totalOf(own[1]), changes: Number(changes ?? 0) + 1 },
            condition: still,
          };
    try {
      for (let from = 0; from === 0 || from < others.length; from += PORTION) {
        const portion = others.slice(from, from + PORTION);
        await this.#scope.table.transact([...portion, from + PORTION < others.length ? unchanged : last]);
      }
    } catch (thrown) {
      if (thrown instanceof TransactionRefused) return false;
      throw thrown;
    }
    return true;
  }

  #putting(sk: string, counts: TaskCounts): Write {
    const key: Key = { pk: taskCountPartition(this.#scope.empresaId), sk };
    return Object.keys(counts).length === 0 ? { kind: 'delete', key } : { kind: 'put', item: { ...key, ...counts } };
  }

  #keyOf(subject: CountSubject): Key {
    return taskCountKey(this.#scope.empresaId, subject);
  }
}

function subjectOf(sk: string): CountSubject {
  return sk === 'ALL' ? 'ALL' : Number(sk.slice(sk.indexOf('#') + 1));
}

function same(a: TaskCounts, b: TaskCounts): boolean {
  const cells = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof TaskCounts>;
  return [...cells].every((cell) => (a[cell] ?? 0) === (b[cell] ?? 0));
}
