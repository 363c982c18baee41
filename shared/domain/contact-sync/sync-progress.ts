import type { ContactSync, Intent, SyncCounts } from './contact-sync.ts';
import type { Target } from './sync-plan.ts';

/** What one turn adds to a sync, saved as it goes so that it can be read meanwhile. */
export class SyncProgress {
  readonly #save: (counts: SyncCounts, intent: Intent | null) => Promise<void>;
  readonly #warnings: string[] = [];
  #counts: SyncCounts;
  #intent: Intent | null;

  /** What Google did not take before is tried again in this turn, and counted anew. */
  constructor(sync: ContactSync, save: (counts: SyncCounts, intent: Intent | null) => Promise<void>) {
    this.#save = save;
    this.#counts = { ...sync.cuentas, fallos: {} };
    this.#intent = sync.intento;
  }

  get counts(): SyncCounts {
    return this.#counts;
  }

  /** Whether Google may hold contacts that we do not know of. */
  get hasIntent(): boolean {
    return this.#intent !== null;
  }

  /** `Nombre: motivo`, for who waits for this turn; they rest nowhere (ruling 8). */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  add(counts: Partial<Pick<SyncCounts, 'total' | 'contactos'>>): void {
    this.#counts = { ...this.#counts, ...counts };
  }

  count(field: 'nuevos' | 'actualizados'): void {
    this.#counts = { ...this.#counts, [field]: this.#counts[field] + 1 };
  }

  fail({ guest }: Target, reason: string): void {
    this.#warnings.push(`${guest}: ${reason}`);
    const { fallos } = this.#counts;
    this.#counts = { ...this.#counts, fallos: { ...fallos, [reason]: (fallos[reason] ?? 0) + 1 } };
  }

  /** Saved before Google is asked to create something: nobody else can tell afterwards whether it was. */
  intend(targets: readonly Target[], now: Date): Promise<void> {
    return this.save({ at: now.toISOString(), marks: targets.map(({ mark }) => mark) });
  }

  async save(intent: Intent | null): Promise<void> {
    this.#intent = intent;
    await this.#save(this.#counts, intent);
  }
}
