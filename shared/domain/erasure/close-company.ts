import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Table } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Ids } from '../../platform/ids/ids.ts';
import { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { ErasureRepository, type ErasureRequest } from './erasure.repository.ts';
import { ErasureRun } from './erasure-run.ts';
import { type GrantRevoker, revokeInTime } from './grant-revoker.ts';
import { clearHoldings } from './holding.ts';
import { peopleHolding } from './people-holding.ts';
import { rowsHolding } from './tenant-holdings.ts';

export interface ClosingDeps {
  readonly table: Table;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly grants: GrantRevoker;
}

/** A call lives 29 s; what is left of them goes into the answer. */
const CALL_MS = 35_000;
const BUDGET_MS = 20_000;
/** How long a second call waits for the first one to come to an end. */
const ROUNDS = 40;
const ROUND_MS = 250;

/**
 * Begins the erasure of a company and does what has to be done before the answer (ruling 11): marked gone, names freed,
 * grant revoked, data keys destroyed. A call that was interrupted is gone on with by the next one, or by the worker.
 * @throws AppError `not_found` when there is no such company (any more), `unavailable` when it takes too long
 */
export async function closeCompany(deps: ClosingDeps, request: ErasureRequest): Promise<void> {
  const run = await openRun(deps, request);
  try {
    if (!(await closeNamesAndKeys(deps, run))) throw underWay();
  } finally {
    // Whoever goes on need not wait until this call's time is over; if this fails, they do.
    await run.release({}, 'now').catch(() => undefined);
  }
}

/** The erasure, begun or taken over from a call that did not get to its end. */
async function openRun(deps: ClosingDeps, request: ErasureRequest): Promise<ErasureRun> {
  const erasures = new ErasureRepository(deps.table);
  const token = deps.ids.uuid();
  for (let round = 0; round < ROUNDS; round += 1) {
    const holder = { token, now: deps.clock.now(), forMs: CALL_MS };
    const erasure = (await erasures.begin(request, holder)) ?? (await takeOver(erasures, request.empresaId, holder));
    const until = new Date(holder.now.getTime() + BUDGET_MS);
    if (erasure !== undefined) return new ErasureRun({ erasures, clock: deps.clock }, { erasure, token, until });
    await delay(ROUND_MS);
  }
  throw underWay();
}

/** @throws AppError `not_found` unless there is one that was answered nobody yet */
async function takeOver(erasures: ErasureRepository, empresaId: string, holder: Parameters<typeof erasures.take>[1]) {
  const standing = await erasures.find(empresaId);
  if (standing?.estado !== 'cerrando') throw new AppError('not_found', 'No existe esa empresa.');
  return erasures.take(empresaId, holder, 'cerrando');
}

function underWay(): AppError {
  const message =
    'La empresa ya no existe para nadie y se está terminando de borrar. Repite la llamada en unos segundos.';
  return new AppError('unavailable', message, { retryAfter: 5 });
}

/**
 * Names, grant, keys: in this order, because the grant rests under a key. What is done already is done again without
 * harm.
 * @returns false when time ran out first
 */
export async function closeNamesAndKeys({ table, grants }: ClosingDeps, run: ErasureRun): Promise<boolean> {
  const scope = new TenantScope(table, run.erasure.empresa_id);
  const revoking = run.erasure.google ?? revokeInTime(grants, scope);
  const [people, google] = await Promise.all([clearHoldings([peopleHolding(scope)], run), revoking]);
  if (people === undefined) return false;
  // Known before the keys go: afterwards a repeat could not ask Google any more.
  await run.save({ google });
  if ((await clearHoldings([rowsHolding(scope, 'DATA_KEY')], run)) === undefined) return false;
  await run.save({ estado: 'vaciando', claim: null });
  return true;
}
