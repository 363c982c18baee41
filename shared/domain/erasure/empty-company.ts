import { setTimeout as delay } from 'node:timers/promises';
import type { SigningKey } from '../../platform/auth/signing-key.ts';
import { toOffsetIso } from '../../platform/clock/clock.ts';
import type { ObjectStore } from '../../platform/storage/object-store.ts';
import { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { type ClosingDeps, closeNamesAndKeys } from './close-company.ts';
import { ErasureRepository } from './erasure.repository.ts';
import type { Erasure } from './erasure.ts';
import { ErasureRun } from './erasure-run.ts';
import { clearHoldings, type Holding } from './holding.ts';
import { signReceipt } from './receipt.ts';
import { type TenantBucket, tenantHoldings } from './tenant-holdings.ts';

export interface EmptyingDeps extends ClosingDeps {
  readonly buckets: Readonly<Record<TenantBucket, ObjectStore>>;
  readonly receiptKey: () => Promise<SigningKey>;
  /** Milliseconds for which nothing may have come before a company counts as empty. */
  readonly quietMs: number;
}

/** `again`: more is to be done at once. `rest`: nothing is, or somebody else does it. */
export type TurnOutcome =
  | { readonly kind: 'again' | 'rest' }
  | { readonly kind: 'finished'; readonly erasure: Erasure };

/** The worker lives 60 s. */
const TURN_MS = 75_000;
const BUDGET_MS = 20_000;
/**
 * When nobody can still be writing for the company: a session lasts 60 s, a function 15 minutes, an upload form an hour.
 */
const LOOK_AGAIN_MS = 75 * 60_000;

/**
 * One turn at an erasure: deletes for a bounded time, and signs the receipt once nothing is left. Safe to repeat, to
 * interrupt at any point and to run twice at once.
 * @throws whatever a later turn may mend
 */
export async function emptyCompany(deps: EmptyingDeps, empresaId: string): Promise<TurnOutcome> {
  const erasures = new ErasureRepository(deps.table);
  const token = deps.ids.uuid();
  const now = deps.clock.now();
  const erasure = await erasures.take(empresaId, { token, now, forMs: TURN_MS });
  if (erasure === undefined) return { kind: 'rest' };
  const until = new Date(now.getTime() + BUDGET_MS);
  const run = new ErasureRun({ erasures, clock: deps.clock }, { erasure, token, until });
  try {
    return await takeTurn(deps, run);
  } catch (thrown) {
    await run.release({}, 'now').catch(() => undefined);
    throw thrown;
  }
}

async function takeTurn(deps: EmptyingDeps, run: ErasureRun): Promise<TurnOutcome> {
  if (run.erasure.estado === 'cerrando' && !(await closeNamesAndKeys(deps, run))) return handOn(run);
  const scope = new TenantScope(deps.table, run.erasure.empresa_id);
  const quiet = await clearUntilQuiet(tenantHoldings(scope, deps.buckets), run, deps.quietMs);
  return quiet ? finish(deps, run) : handOn(run);
}

async function handOn(run: ErasureRun): Promise<TurnOutcome> {
  await run.release({}, 'now');
  return { kind: 'again' };
}

/** An import under way goes on writing: empty counts when it is empty again after a while. */
async function clearUntilQuiet(holdings: readonly Holding[], run: ErasureRun, quietMs: number): Promise<boolean> {
  let cleared = await clearHoldings(holdings, run);
  while (cleared !== undefined) {
    await delay(quietMs);
    cleared = await clearHoldings(holdings, run);
    if (cleared?.found === false) return true;
  }
  return false;
}

/** The first end is looked at again when no writer can be left; that look ends it for good. */
async function finish({ receiptKey, clock }: EmptyingDeps, run: ErasureRun): Promise<TurnOutcome> {
  const { estado, terminado, firma: signedBefore } = run.erasure;
  const isLast = estado === 'terminado';
  const now = clock.now();
  const stamp = toOffsetIso(now);
  const end = {
    terminado: signedBefore === null ? stamp : terminado,
    comprobado: isLast ? stamp : null,
    estado: isLast ? ('comprobado' as const) : ('terminado' as const),
    claim: null,
  };
  const firma = signReceipt({ ...run.erasure, ...end }, await receiptKey());
  await run.release({ ...end, firma }, isLast ? 'never' : new Date(now.getTime() + LOOK_AGAIN_MS));
  return { kind: 'finished', erasure: run.erasure };
}
