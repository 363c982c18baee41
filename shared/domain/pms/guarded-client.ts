import type { Clock } from '../../platform/clock/clock.ts';
import { afterFailure, type BreakerState, CLOSED, needsProbe, probing, restMs } from './circuit-breaker.ts';
import type { PmsClient } from './pms-client.ts';
import type { PmsConnectionRepository } from './pms-connection.repository.ts';
import type { PmsConnection } from './pms-connection.ts';
import { PmsFailed } from './pms-failed.ts';

interface Guard {
  readonly connections: PmsConnectionRepository;
  readonly connection: PmsConnection;
  readonly clock: Clock;
}

/**
 * A client that leaves a provider alone which is ill or asks for patience, and remembers that in the table: the next
 * operation, wherever it runs, does not find it out anew. Nothing is written while all goes well.
 */
export function guardedClient(guard: Guard, clientOf: () => Promise<PmsClient>): PmsClient {
  const { connections, connection, clock } = guard;
  let state: BreakerState = {
    failures: connection.breaker_failures ?? 0,
    until: connection.breaker_until ?? null,
  };

  async function admit(): Promise<void> {
    const now = clock.now();
    const rest = restMs(state, now);
    if (rest > 0) throw resting(guard, state, rest);
    if (!needsProbe(state, now)) return;
    const claimed = probing(state, now);
    if (!(await connections.claimProbe(connection, claimed))) throw resting(guard, state, restMs(claimed, now));
    // The claim holds others off, not the one who made it.
    state = { ...state, until: null };
  }

  async function guarded<T>(read: (client: PmsClient) => Promise<T>): Promise<T> {
    await admit();
    try {
      const found = await read(await clientOf());
      if (state.failures > 0 || state.until !== null) await keep(CLOSED);
      return found;
    } catch (thrown) {
      if (thrown instanceof PmsFailed) await keep(afterFailure(state, thrown, clock.now())).catch(() => undefined);
      throw thrown;
    }
  }

  async function keep(next: BreakerState): Promise<void> {
    if (next === state) return;
    state = next;
    await connections.keepBreaker(connection, next);
  }

  return {
    listApartments: (known) => guarded((client) => client.listApartments(known)),
    confirmGone: (ids) => guarded((client) => client.confirmGone(ids)),
    listReservations: (window) => guarded((client) => client.listReservations(window)),
  };
}

function resting({ connection: { proveedor } }: Guard, { failures }: BreakerState, ms: number): PmsFailed {
  const problem = failures > 0 ? 'UPSTREAM_UNAVAILABLE' : 'RATE_LIMITED';
  return new PmsFailed(proveedor, problem, Math.ceil(ms / 1000));
}
