import type { Partner } from '../../infra/local/partners/partner.ts';
import { type PartnerServer, startPartner } from '../../infra/local/partners/partner-server.ts';
import { BEDS24_ACCOUNT, beds24 } from '../../infra/local/partners/pms-beds24.ts';
import { CLOUDBEDS_ACCOUNT, cloudbeds } from '../../infra/local/partners/pms-cloudbeds.ts';
import { HOSTAWAY_ACCOUNT, hostaway } from '../../infra/local/partners/pms-hostaway.ts';
import { SMOOBU_ACCOUNT, smoobu } from '../../infra/local/partners/pms-smoobu.ts';
import { type PmsCredential, parsePmsCredential } from '../../shared/domain/integration/pms-credential.ts';
import type { PmsProvider } from '../../shared/domain/integration/pms-provider.ts';
import type { AccessTokens } from '../../shared/domain/pms/access-token.ts';
import type { PmsClient } from '../../shared/domain/pms/pms-client.ts';
import { PmsFailed } from '../../shared/domain/pms/pms-failed.ts';
import { pmsSession } from '../../shared/domain/pms/pms-session.ts';
import { providerClient } from '../../shared/domain/pms/provider-client.ts';
import { DELAYS } from '../../shared/domain/pms/provider-limits.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { type TimeLeft, timeLeft } from '../../shared/platform/outbound/time-left.ts';

type Now = { readonly now: () => Date };

const STAND_INS: Readonly<Record<PmsProvider, (clock: Now) => Partner>> = { smoobu, beds24, hostaway, cloudbeds };

/** What people type for the accounts of the stand-ins. */
export const DEMO_KEYS: Readonly<Record<PmsProvider, string>> = {
  smoobu: `${SMOOBU_ACCOUNT.key}:${SMOOBU_ACCOUNT.secret}`,
  beds24: `refresh:${BEDS24_ACCOUNT.refreshToken}`,
  hostaway: `${HOSTAWAY_ACCOUNT.account}:${HOSTAWAY_ACCOUNT.secret}`,
  cloudbeds: CLOUDBEDS_ACCOUNT.key,
};

/** Keys of the right form that open nothing. */
export const WRONG_KEYS: Readonly<Record<PmsProvider, string>> = {
  smoobu: `${SMOOBU_ACCOUNT.key}:wrong`,
  beds24: 'refresh:wrong',
  hostaway: `${HOSTAWAY_ACCOUNT.account}:wrong`,
  cloudbeds: 'cbat_wrong',
};

export function startPms(provider: PmsProvider, clock: Now): Promise<PartnerServer> {
  return startPartner(STAND_INS[provider](clock));
}

export function credentialOf(provider: PmsProvider, typed: string): PmsCredential {
  const parsed = parsePmsCredential(provider, typed);
  if ('problem' in parsed) throw new Error(`That is no key of ${provider}`);
  return parsed.credential;
}

interface Account extends Now {
  readonly provider: PmsProvider;
  readonly key: string;
  readonly base: string;
  readonly budgetMs?: number;
  readonly time?: TimeLeft;
  readonly tokens?: AccessTokens;
}

/** No token is at hand, none is kept. */
const NO_TOKENS: AccessTokens = { current: () => undefined, keep: async () => undefined };

/** Time in which waits pass at once, though they use it up; `waits` tells of them. */
export function hurriedTime(ms: number): TimeLeft & { readonly waits: readonly number[] } {
  const real = timeLeft(ms);
  const waits: number[] = [];
  return {
    signal: real.signal,
    leftMs: () => Math.max(0, real.leftMs() - waits.reduce((sum, wait) => sum + wait, 0)),
    wait: async (pause) => void waits.push(pause),
    waits,
  };
}

/** A client as the functions make it, with no table behind: access tokens live as long as the client. */
export function clientOf(account: Account): PmsClient {
  const { provider, key, base, now, budgetMs = 20_000, time = timeLeft(budgetMs), tokens = NO_TOKENS } = account;
  const delayOf = (answer: Parameters<(typeof DELAYS)[PmsProvider]>[0]) => DELAYS[provider](answer, now());
  const session = pmsSession({ proveedor: provider, base, callOut, time, delayOf });
  return providerClient(credentialOf(provider, key), { session, tokens, clock: { now }, ids: randomIds });
}

/** Why a PMS could not be read. */
export async function problemOf(reading: Promise<unknown>): Promise<PmsFailed> {
  const thrown = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof PmsFailed)) throw new Error('It should have failed', { cause: thrown });
  return thrown;
}
