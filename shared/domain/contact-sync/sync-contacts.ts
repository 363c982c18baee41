import type { Clock } from '../../platform/clock/clock.ts';
import type { DataKey } from '../../platform/crypto/sealed.ts';
import type { Ids } from '../../platform/ids/ids.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { Contact } from '../contact/contact.ts';
import type { ConnectGoogle, GoogleAccount } from '../google/google-account.ts';
import { GoogleFailed } from '../google/google-failed.ts';
import { BATCH } from '../google/people-client.ts';
import { PmsFailed } from '../pms/pms-failed.ts';
import { AddressBook } from './address-book.ts';
import { Prints } from './contact-link.ts';
import { type ContactSync, completed, type Intent, type SyncCounts, type SyncEnd } from './contact-sync.ts';
import { readDirectory } from './read-directory.ts';
import { planSync, type Target, targetsOf } from './sync-plan.ts';
import { SyncProgress } from './sync-progress.ts';

/** The source of a sync is no more; the message is for the company. */
export class SourceGone extends Error {
  override readonly name = 'SourceGone';
}

/** What a source gives: the guests, and how many it counted (`stay-sidekick.md` §4.9, `total`). */
export interface SourceContacts {
  readonly total: number;
  readonly contacts: readonly Contact[];
}

export interface SyncDeps {
  readonly scope: TenantScope;
  readonly connectGoogle: ConnectGoogle;
  /** The tenant's data key of purpose `guest-data`. */
  readonly dataKey: () => Promise<DataKey>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly saveProgress: (counts: SyncCounts, intent: Intent | null) => Promise<void>;
}

/** One turn at a sync. */
export interface SyncWork {
  readonly sync: ContactSync;
  /** @throws SourceGone, PmsFailed */
  readonly contacts: () => Promise<SourceContacts>;
  readonly nameOf: (contact: Contact) => string;
  /** No new batch is begun after it. */
  readonly until: Date;
}

/** How a turn ended; `warnings` name guests and are for who waits for the answer alone. */
export type SyncTurn =
  | { readonly kind: 'finished'; readonly end: SyncEnd; readonly warnings: readonly string[] }
  | {
      readonly kind: 'later';
      /** Seconds until the next turn makes sense. */
      readonly seconds: number;
      readonly counts: SyncCounts;
      readonly warnings: readonly string[];
    };

/** What Google created shows up in its lists within minutes: until then nobody can tell whether a lost answer did. */
const UNDECIDED_S = 300;
const OUTAGE_S = 60;

const NOT_CONNECTED = 'Google no está conectado. Conecta una cuenta de Google en el perfil.';
const OUT_OF_TIME =
  'La sincronización no ha terminado en una hora. Vuelve a lanzarla: lo que ya está hecho no se repite.';

/**
 * One turn: reads contacts and address book, and writes what differs, until everything is done or the turn's time is.
 * Safe to repeat and to interrupt: what is done already is found done, and what was sent without an answer is looked for
 * before it is sent again.
 * @throws what is no failure of Google or the PMS
 */
export async function syncContacts(deps: SyncDeps, work: SyncWork): Promise<SyncTurn> {
  const { sync } = work;
  const now = deps.clock.now();
  const progress = new SyncProgress(sync, deps.saveProgress);
  if (now > new Date(sync.limite)) return failed(progress, OUT_OF_TIME);
  const wait =
    sync.intento === null ? 0 : Math.ceil(UNDECIDED_S - (now.getTime() - Date.parse(sync.intento.at)) / 1000);
  if (wait > 0) return later(progress, wait);
  const account = await connected(deps);
  if (account instanceof GoogleFailed) return failed(progress, account.sentence);
  if (account === undefined) return failed(progress, NOT_CONNECTED);
  try {
    return await bringUpToDate(deps, work, { account, progress });
  } catch (thrown) {
    if (thrown instanceof SourceGone) return failed(progress, thrown.message);
    if (thrown instanceof PmsFailed) return failed(progress, thrown.sentence);
    if (thrown instanceof GoogleFailed) return afterFailure(thrown, account, progress);
    throw thrown;
  }
}

async function connected({ connectGoogle, scope }: SyncDeps): Promise<GoogleAccount | GoogleFailed | undefined> {
  try {
    return await connectGoogle(scope);
  } catch (thrown) {
    if (thrown instanceof GoogleFailed) return thrown;
    throw thrown;
  }
}

interface Turn {
  readonly account: GoogleAccount;
  readonly progress: SyncProgress;
}

async function bringUpToDate(deps: SyncDeps, work: SyncWork, { account, progress }: Turn): Promise<SyncTurn> {
  const source = await work.contacts();
  const prints = new Prints(await deps.dataKey());
  const targets = targetsOf(source.contacts, prints, work.nameOf);
  progress.add({ total: source.total, contactos: targets.length });
  const open = await readDirectory({ ...deps, account, prints });
  await progress.save(null);
  const plan = planSync(targets, open.directory, prints);
  const book = new AddressBook({ ...open, people: account.people, prints, progress, clock: deps.clock });
  const isOver = () => deps.clock.now() >= work.until;
  const orphans: Target[] = [];
  for (const batch of batches(plan.rename)) {
    if (isOver()) return later(progress, 0);
    orphans.push(...(await book.rename(batch)));
  }
  for (const batch of batches([...plan.create, ...orphans])) {
    if (isOver()) return later(progress, 0);
    await book.create(batch);
  }
  return { kind: 'finished', end: completed(progress.counts), warnings: progress.warnings };
}

async function afterFailure(failure: GoogleFailed, account: GoogleAccount, progress: SyncProgress): Promise<SyncTurn> {
  if (failure.problem === 'RATE_LIMITED') return later(progress, failure.retryAfter ?? OUTAGE_S);
  if (failure.isUndecided || progress.hasIntent) return later(progress, progress.hasIntent ? UNDECIDED_S : OUTAGE_S);
  if (failure.problem === 'REAUTH_REQUIRED') await account.markBroken('revocada');
  if (failure.problem === 'AUTH_SCOPE') await account.markBroken('sin_permiso');
  return failed(progress, failure.sentence);
}

function failed(progress: SyncProgress, error: string): SyncTurn {
  const end = { estado: 'error', cuentas: progress.counts, error } as const;
  return { kind: 'finished', end, warnings: progress.warnings };
}

function later(progress: SyncProgress, seconds: number): SyncTurn {
  return { kind: 'later', seconds, counts: progress.counts, warnings: progress.warnings };
}

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += BATCH) yield all.slice(from, from + BATCH);
}
