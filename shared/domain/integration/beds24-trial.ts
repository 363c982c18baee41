import * as z from 'zod';
import { jsonOf, type OutboundAnswer, OutboundFailed } from '../../platform/outbound/outbound-call.ts';
import type { PmsCredentialOf } from './pms-credential.ts';
import type { Ask, Trial } from './pms-trial.ts';

type Beds24Credential = PmsCredentialOf<'beds24'>;

const details = z.union([
  z.object({ validToken: z.literal(false) }),
  z.object({ validToken: z.literal(true), token: z.object({ ownerId: z.int() }) }),
]);
const access = z.object({ token: z.string().min(1) });
const setup = access.extend({ refreshToken: z.string().min(1) });

/** The code is burnt when it is asked for: its answer cannot be had a second time, so it is worth a longer wait. */
const EXCHANGE_MS = 10_000;

/** What a token may be, and what each of the three calls says when it is not that (`integrations.md` §1.2.2, §1.2.4). */
const NOT_THIS = [400, 401];

/**
 * Tries a token as what it says it is; bare text as each kind in turn, the invite last because asking burns it. An
 * invite leaves as the refresh token that it was exchanged for.
 */
export async function tryBeds24(ask: Ask, base: string, credential: Beds24Credential): Promise<Trial> {
  const kinds = credential.kind === 'bare' ? (['longlife', 'refresh', 'invite'] as const) : [credential.kind];
  for (const kind of kinds) {
    const trial = await TRIALS[kind](ask, base, credential.token);
    if (trial.verified !== false) return trial.verified === true ? trial : { ...trial, credential };
  }
  return { verified: false, credential, account: null };
}

const TRIALS: Readonly<
  Record<Exclude<Beds24Credential['kind'], 'bare'>, (ask: Ask, base: string, token: string) => Promise<Trial>>
> = { longlife: tryToken, refresh: tryRefreshToken, invite: exchangeInvite };

async function tryToken(ask: Ask, base: string, token: string): Promise<Trial> {
  const credential = { proveedor: 'beds24', kind: 'longlife', token } as const;
  const answer = await ask({ method: 'GET', address: `${base}/authentication/details`, headers: { token } });
  const found = read(details, answer);
  if (found === 'refused') return { verified: false, credential, account: null };
  if (found === 'unclear') return { verified: null, credential, account: null };
  return { verified: found.validToken, credential, account: found.validToken ? String(found.token.ownerId) : null };
}

async function tryRefreshToken(ask: Ask, base: string, refreshToken: string): Promise<Trial> {
  const credential = { proveedor: 'beds24', kind: 'refresh', token: refreshToken } as const;
  const answer = await ask({ method: 'GET', address: `${base}/authentication/token`, headers: { refreshToken } });
  const found = read(access, answer);
  if (found === 'refused') return { verified: false, credential, account: null };
  if (found === 'unclear') return { verified: null, credential, account: null };
  return { verified: true, credential, account: await ownerOf(ask, base, found.token) };
}

async function exchangeInvite(ask: Ask, base: string, code: string): Promise<Trial> {
  const headers = { code, deviceName: 'stay-ops' };
  const answer = await ask({ method: 'GET', address: `${base}/authentication/setup`, headers }, EXCHANGE_MS);
  const found = read(setup, answer);
  const credential = { proveedor: 'beds24', kind: 'invite', token: code } as const;
  if (found === 'refused') return { verified: false, credential, account: null };
  if (found === 'unclear') return { verified: null, credential, account: null };
  const kept = { proveedor: 'beds24', kind: 'refresh', token: found.refreshToken } as const;
  return { verified: true, credential: kept, account: await ownerOf(ask, base, found.token) };
}

/** The account behind an access token; null when Beds24 does not say it in time, for the credential holds anyway. */
async function ownerOf(ask: Ask, base: string, accessToken: string): Promise<string | null> {
  try {
    return (await tryToken(ask, base, accessToken)).account;
  } catch (thrown) {
    if (thrown instanceof OutboundFailed) return null;
    throw thrown;
  }
}

function read<T>(schema: z.ZodType<T>, answer: OutboundAnswer): T | 'refused' | 'unclear' {
  if (NOT_THIS.includes(answer.status)) return 'refused';
  return (answer.status === 200 ? schema.safeParse(jsonOf(answer)).data : undefined) ?? 'unclear';
}
