/** How a write ended for whoever asked: carried out, refused, or nobody knows. */
export type Outcome = 'done' | 'refused' | 'unknown';

export const ABSENT = 'absent';

/** What has to be found of one thing when all is quiet. */
export class Entry {
  readonly kind: string;
  readonly tenant: number;
  /** Occurs in nothing else. */
  readonly marker: string;
  /** Any of these. */
  states: readonly string[];
  /** Writes that were acknowledged. */
  acknowledged = 0;

  constructor(kind: string, tenant: number, marker: string, state: string) {
    this.kind = kind;
    this.tenant = tenant;
    this.marker = marker;
    this.states = [state];
  }

  /** A write that leads to this state has ended so. */
  settle(outcome: Outcome, state: string): void {
    if (outcome === 'done') this.acknowledged += 1;
    if (outcome === 'done') this.states = [state];
    if (outcome === 'unknown') this.states = [...new Set([...this.states, state])];
  }

  get isCertain(): boolean {
    return this.states.length === 1;
  }
}

/** Everything that was written, and what was answered to it. */
export class Ledger {
  readonly #entries: Entry[] = [];
  #made = 0;

  /** @param state what stands before anything is written */
  open(kind: string, tenant: number, { marker = this.marker(kind), state = ABSENT } = {}): Entry {
    const entry = new Entry(kind, tenant, marker, state);
    this.#entries.push(entry);
    return entry;
  }

  /** @example 'task-17' */
  marker(kind: string): string {
    this.#made += 1;
    return `${kind}-${this.#made}`;
  }

  entries(kind?: string): readonly Entry[] {
    return kind === undefined ? this.#entries : this.#entries.filter((entry) => entry.kind === kind);
  }

  kinds(): readonly string[] {
    return [...new Set(this.#entries.map(({ kind }) => kind))];
  }
}
