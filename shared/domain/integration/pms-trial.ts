import type { Clock } from '../../platform/clock/clock.ts';
import type { Ids } from '../../platform/ids/ids.ts';
import {
  type CallOut,
  type OutboundAnswer,
  OutboundFailed,
  type OutboundRequest,
} from '../../platform/outbound/outbound-call.ts';
import { tryBeds24 } from './beds24-trial.ts';
import { tryCloudbeds } from './cloudbeds-trial.ts';
import { tryHostaway } from './hostaway-trial.ts';
import type { PmsCredential } from './pms-credential.ts';
import type { PmsProvider } from './pms-provider.ts';
import { trySmoobu } from './smoobu-trial.ts';

/** What one cheap call to the provider said of a credential (`integrations.md` §0.4). */
export interface Trial {
  /** True: the provider took it; false: it refused it; null: no answer in time, or none that settles it. */
  readonly verified: boolean | null;
  /** What to keep: another one than was tried where a single-use code has become a token. */
  readonly credential: PmsCredential;
  /** The account or owner behind it, as the provider names it. */
  readonly account: string | null;
}

export interface TrialDeps {
  /** Base addresses without a slash at the end. */
  readonly addresses: Readonly<Record<PmsProvider, string>>;
  readonly callOut: CallOut;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** One call of a trial; `patienceMs` gives a call time of its own instead of a share of the trial's. */
export type Ask = (request: OutboundRequest, patienceMs?: number) => Promise<OutboundAnswer>;

/** Somebody waits for the form to be saved. */
const TRIAL_MS = 3_000;
/** Answers to a cheap call are small; what is larger is no answer of theirs. */
const MOST_BYTES = 64 * 1024;

/** Tries a credential once, never repeating and never throwing for what the provider does (ruling 9). */
export async function tryPmsCredential(deps: TrialDeps, credential: PmsCredential): Promise<Trial> {
  const shared = AbortSignal.timeout(TRIAL_MS);
  const ask: Ask = (request, patienceMs) => {
    const signal = patienceMs === undefined ? shared : AbortSignal.timeout(patienceMs);
    return deps.callOut(request, { signal, mostBytes: MOST_BYTES });
  };
  try {
    return await askProvider(deps, credential, ask);
  } catch (thrown) {
    if (thrown instanceof OutboundFailed) return { verified: null, credential, account: null };
    throw thrown;
  }
}

function askProvider(deps: TrialDeps, credential: PmsCredential, ask: Ask): Promise<Trial> {
  const base = deps.addresses[credential.proveedor];
  switch (credential.proveedor) {
    case 'smoobu':
      return trySmoobu(ask, base, credential, { now: deps.clock.now(), nonce: deps.ids.uuid() });
    case 'beds24':
      return tryBeds24(ask, base, credential);
    case 'hostaway':
      return tryHostaway(ask, base, credential);
    case 'cloudbeds':
      return tryCloudbeds(ask, base, credential);
  }
}
