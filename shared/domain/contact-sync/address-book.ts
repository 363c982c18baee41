import type { Clock } from '../../platform/clock/clock.ts';
import { GoogleFailed } from '../google/google-failed.ts';
import type { PeopleClient } from '../google/people-client.ts';
import {
  CODE_NOT_FOUND,
  CODE_OK,
  CODE_STALE,
  MARK_TYPE,
  type Person,
  type PersonOutcome,
  sameName,
  shownName,
} from '../google/person.ts';
import type { LinkChange, Prints } from './contact-link.ts';
import type { OpenDirectory } from './read-directory.ts';
import type { SyncPlan, Target } from './sync-plan.ts';
import type { SyncProgress } from './sync-progress.ts';

type Rename = SyncPlan['rename'][number];

export interface AddressBookDeps extends OpenDirectory {
  readonly people: Pick<PeopleClient, 'getMany' | 'createMany' | 'renameMany'>;
  readonly prints: Prints;
  readonly progress: SyncProgress;
  readonly clock: Clock;
}

const REFUSED = 'Google no ha aceptado el contacto. Revisa el nombre y el teléfono.';
const CHANGING = 'El contacto ha cambiado en Google a la vez. Vuelve a sincronizar.';
/** A contact that changed between reading and writing is read once more (`integrations.md` §2.2.3). */
const RENAME_ROUNDS = 2;

/** Writes to one Google account, batch by batch, one after the other as the People API asks. */
export class AddressBook {
  readonly #deps: AddressBookDeps;

  constructor(deps: AddressBookDeps) {
    this.#deps = deps;
  }

  /**
   * Gives contacts their names. Each is read first: the etag has to be the newest, and what has changed at Google since
   * counts more than what we know.
   * @returns targets that turn out to have no contact any more
   */
  async rename(batch: readonly Rename[]): Promise<readonly Target[]> {
    const orphans: Target[] = [];
    let left = batch;
    for (let round = 0; round < RENAME_ROUNDS && left.length > 0; round += 1) {
      const { writable, changes, lost } = await this.#read(left);
      const outcomes = await this.#renamed(writable);
      const stale: Rename[] = [];
      for (const { rename, outcome } of outcomes) this.#noteRename(rename, outcome, { changes, stale, lost });
      await this.#note(changes);
      orphans.push(...lost.filter(({ mark }) => this.#deps.directory.find(mark) === undefined));
      left = stale;
    }
    for (const { target } of left) this.#deps.progress.fail(target, CHANGING);
    await this.#deps.progress.save(null);
    return orphans;
  }

  async #read(batch: readonly Rename[]) {
    const { people, prints, progress } = this.#deps;
    const found = new Map((await people.getMany(batch.map(nameOf))).map((outcome) => [outcome.requested, outcome]));
    const [changes, lost, writable]: [LinkChange[], Target[], { rename: Rename; person: Person }[]] = [[], [], []];
    for (const rename of batch) {
      const { resourceName, target } = rename;
      const { person, code = CODE_NOT_FOUND } = found.get(resourceName) ?? {};
      if (code === CODE_NOT_FOUND || person?.metadata.deleted === true) {
        changes.push({ removed: resourceName });
        lost.push(target);
      } else if (code !== CODE_OK || person === undefined) progress.fail(target, REFUSED);
      else {
        const link = prints.ofPerson(person);
        changes.push(link);
        if (!link.phones.includes(target.mark)) lost.push(target);
        else if (!sameName(shownName(person), target.name)) writable.push({ rename, person });
      }
    }
    return { changes, lost, writable };
  }

  async #renamed(writable: readonly { rename: Rename; person: Person }[]) {
    if (writable.length === 0) return [];
    const people = writable.map(({ rename, person }) => ({
      resourceName: person.resourceName,
      sources: person.metadata.sources.filter(({ type }) => type === 'CONTACT'),
      name: rename.target.name,
    }));
    let outcomes: readonly PersonOutcome[];
    try {
      outcomes = await this.#deps.people.renameMany(people);
    } catch (thrown) {
      if (!(thrown instanceof GoogleFailed && thrown.problem === 'STALE')) throw thrown;
      outcomes = people.map(({ resourceName }) => ({ requested: resourceName, person: undefined, code: CODE_STALE }));
    }
    const byName = new Map(outcomes.map((outcome) => [outcome.requested, outcome]));
    return writable.map(({ rename, person }) => ({ rename, outcome: byName.get(person.resourceName) }));
  }

  #noteRename(
    rename: Rename,
    outcome: PersonOutcome | undefined,
    { changes, stale, lost }: { changes: LinkChange[]; stale: Rename[]; lost: Target[] },
  ): void {
    const { prints, progress } = this.#deps;
    if (outcome?.code === CODE_STALE) stale.push(rename);
    else if (outcome?.code === CODE_NOT_FOUND) {
      changes.push({ removed: rename.resourceName });
      lost.push(rename.target);
    } else if (outcome?.code === CODE_OK) {
      progress.count('actualizados');
      if (outcome.person !== undefined) changes.push(prints.ofPerson(outcome.person));
    } else progress.fail(rename.target, REFUSED);
  }

  /**
   * Creates contacts. A batch that Google refuses as a whole is halved until the contact is found that it will not take.
   * @throws GoogleFailed; when it is undecided whether the batch was created, the intent stays
   */
  async create(batch: readonly Target[]): Promise<void> {
    const { people, progress, clock } = this.#deps;
    await progress.intend(batch, clock.now());
    let outcomes: readonly PersonOutcome[];
    try {
      outcomes = await people.createMany(batch);
    } catch (thrown) {
      if (!(thrown instanceof GoogleFailed) || thrown.isUndecided || thrown.problem === 'BAD_RESPONSE') throw thrown;
      await progress.save(null);
      if (thrown.problem !== 'BAD_REQUEST') throw thrown;
      return this.#createApart(batch);
    }
    await this.#noteCreated(batch, outcomes);
  }

  async #createApart(batch: readonly Target[]): Promise<void> {
    const [only, ...others] = batch;
    if (only === undefined) return;
    if (others.length === 0) return this.#deps.progress.fail(only, REFUSED);
    const half = Math.ceil(batch.length / 2);
    await this.create(batch.slice(0, half));
    await this.create(batch.slice(half));
  }

  /** Paired by our mark: answers keep no order that anybody has promised. */
  async #noteCreated(batch: readonly Target[], outcomes: readonly PersonOutcome[]): Promise<void> {
    const { prints, progress } = this.#deps;
    const created = new Map<string, Person>();
    for (const { person, code } of outcomes) {
      const mark = person?.externalIds.find(({ type }) => type === MARK_TYPE)?.value;
      if (code === CODE_OK && person !== undefined && mark !== undefined) created.set(mark, person);
    }
    const changes: LinkChange[] = [];
    for (const target of batch) {
      const person = created.get(target.mark);
      if (person === undefined) progress.fail(target, REFUSED);
      else {
        progress.count('nuevos');
        changes.push(prints.ofPerson(person));
      }
    }
    await this.#note(changes);
    await progress.save(null);
  }

  async #note(changes: readonly LinkChange[]): Promise<void> {
    for (const change of changes) this.#deps.directory.apply(change);
    await this.#deps.links.add(changes, this.#deps.clock.now());
  }
}

function nameOf({ resourceName }: Rename): string {
  return resourceName;
}
