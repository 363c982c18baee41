import type { CallOptions } from '../support/api-client.ts';
import type { Entry } from './ledger.ts';
import type { Random } from './random.ts';
import type { Written } from './watched-client.ts';
import type { Tenant, World } from './world.ts';

/** Somebody who works for a company: one thing after the other, on things of his own. */
export class Actor {
  readonly world: World;
  readonly tenant: Tenant;
  /** Which of the company's actors, from 0. */
  readonly seat: number;
  readonly random: Random;
  /** What this actor has made and may still change, by kind. */
  readonly #things = new Map<string, Thing[]>();
  #days = 0;

  constructor(world: World, { tenant, seat, random }: Pick<Actor, 'tenant' | 'seat' | 'random'>) {
    this.world = world;
    this.tenant = tenant;
    this.seat = seat;
    this.random = random;
  }

  /** A text that names company, thing and state, so that whoever finds it knows all three. */
  text({ marker }: Entry, state: string): string {
    return `${this.tenant.canary} ${marker} ${state}`;
  }

  open(kind: string, marker?: string): Entry {
    return this.world.ledger.open(kind, this.tenant.at, marker === undefined ? {} : { marker });
  }

  write(method: string, path: string, body?: unknown): Promise<Written> {
    return this.send(method, path, body === undefined ? {} : { body });
  }

  send(method: string, path: string, content: CallOptions): Promise<Written> {
    return this.tenant.client.write(this.random, method, path, content);
  }

  /** Tells of something that was done while nobody listened. */
  replay(operation: object): Promise<Written> {
    return this.tenant.client.replay(this.random, operation);
  }

  keep(entry: Entry, id: string): void {
    this.#things.set(entry.kind, [...(this.#things.get(entry.kind) ?? []), { entry, id }]);
  }

  /** One of the actor's things, if it has any. */
  some(kind: string): Thing | undefined {
    const things = this.#things.get(kind) ?? [];
    return things.length === 0 ? undefined : this.random.pick(things);
  }

  forget({ entry }: Thing): void {
    const others = (this.#things.get(entry.kind) ?? []).filter((thing) => thing.entry !== entry);
    this.#things.set(entry.kind, others);
  }

  /** The first of so many days that nothing of this actor has had yet, `YYYY-MM-DD`. */
  days(count: number): (after: number) => string {
    const first = this.#days;
    this.#days += count;
    return (after) => new Date(Date.UTC(2026, 6, 1 + first + after)).toISOString().slice(0, 10);
  }
}

/** Something that was made, with the id that its creation answered. */
export interface Thing {
  readonly entry: Entry;
  readonly id: string;
}

/** One kind of thing that actors do. */
export interface Step {
  readonly name: string;
  readonly weight: number;
  readonly run: (actor: Actor) => Promise<void>;
}
