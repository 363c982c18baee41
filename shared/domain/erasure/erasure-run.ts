import type { Clock } from '../../platform/clock/clock.ts';
import type { ErasureRepository } from './erasure.repository.ts';
import { added, type Erasure } from './erasure.ts';
import type { Claim, ClearingRecord, Holding, Portion } from './holding.ts';

/** One process's turn at an erasure that it holds: counts what it clears and knows when to stop. */
export class ErasureRun implements ClearingRecord {
  leftover: Claim | null;
  readonly #erasures: ErasureRepository;
  readonly #clock: Clock;
  readonly #token: string;
  readonly #until: Date;
  #current: Erasure;

  constructor(
    at: { readonly erasures: ErasureRepository; readonly clock: Clock },
    held: { readonly erasure: Erasure; readonly token: string; readonly until: Date },
  ) {
    this.#erasures = at.erasures;
    this.#clock = at.clock;
    this.#token = held.token;
    this.#until = held.until;
    this.#current = held.erasure;
    this.leftover = held.erasure.claim;
  }

  get erasure(): Erasure {
    return this.#current;
  }

  get outOfTime(): boolean {
    return this.#clock.now() >= this.#until;
  }

  async claim(holding: Holding, { last, filas = {}, objetos = {} }: Portion): Promise<void> {
    await this.save({
      filas: added(this.#current.filas, filas),
      objetos: added(this.#current.objetos, objetos),
      claim: { holding: holding.name, through: last },
      // A receipt that was signed before tells of less than went.
      firma: null,
    });
  }

  async save(changes: Partial<Erasure>): Promise<void> {
    const next = { ...this.#current, ...changes };
    await this.#erasures.save(next, this.#token);
    this.#current = next;
  }

  /** Saves and lets go. */
  async release(changes: Partial<Erasure>, due: 'now' | 'never' | Date): Promise<void> {
    const next = { ...this.#current, ...changes };
    await this.#erasures.release(next, this.#token, due);
    this.#current = next;
  }
}
