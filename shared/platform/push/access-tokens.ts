import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { type CallOut, jsonOf } from '../outbound/outbound-call.ts';
import { askGoogle, isPassing } from './google-call.ts';
import { PushNotSetUp, PushUndelivered } from './push-errors.ts';
import { ASSERTION_GRANT, type ServiceAccount, signAssertion } from './service-account.ts';

/** Taken off the life of a token, so that none ends on its way. */
const MARGIN_S = 300;

const grant = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export interface TokenDeps {
  /** Google's token service without a slash at its end. */
  readonly oauth: string;
  readonly callOut: CallOut;
  readonly clock: Clock;
}

interface Granted {
  readonly token: string;
  /** Epoch ms. */
  readonly until: number;
}

interface Kept {
  readonly account: string;
  readonly granted: Promise<Granted>;
  /** Epoch ms; while the token is under way, for ever. */
  until: number;
}

/**
 * The access token of a service account, asked for once for all who want it at the same time and kept until shortly
 * before it ends. Another key of the account has a token of its own.
 */
export class AccessTokens {
  readonly #deps: TokenDeps;
  #kept: Kept | undefined;

  constructor(deps: TokenDeps) {
    this.#deps = deps;
  }

  /**
   * @throws PushNotSetUp when Google does not know the account or its key
   * @throws PushUndelivered when Google cannot be asked now
   */
  async current(account: ServiceAccount, signal: AbortSignal): Promise<string> {
    const id = `${account.client_email} ${account.private_key_id}`;
    const now = this.#deps.clock.now();
    const known = this.#kept;
    if (known?.account === id && known.until > now.getTime()) return (await known.granted).token;
    const granted = this.#ask(account, now, signal);
    const kept: Kept = { account: id, granted, until: Number.POSITIVE_INFINITY };
    this.#kept = kept;
    try {
      const { token, until } = await granted;
      kept.until = until;
      return token;
    } catch (thrown) {
      if (this.#kept === kept) this.#kept = undefined;
      throw thrown;
    }
  }

  /** A token that Google no longer accepts is not given out again. */
  async forget(refused: string): Promise<void> {
    const kept = this.#kept;
    const known = await kept?.granted.catch(() => undefined);
    if (known?.token === refused && this.#kept === kept) this.#kept = undefined;
  }

  async #ask(account: ServiceAccount, now: Date, signal: AbortSignal): Promise<Granted> {
    const { oauth, callOut } = this.#deps;
    const assertion = await signAssertion(account, now).catch(() => {
      // What jose throws may quote the key.
      throw new PushNotSetUp('The private key of the service account is none');
    });
    const body = new URLSearchParams({ grant_type: ASSERTION_GRANT, assertion }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await askGoogle(callOut, { address: `${oauth}/token`, headers, body }, signal);
    if (isPassing(answer.status)) throw new PushUndelivered(`Google gave no token: ${answer.status}`);
    if (answer.status !== 200) throw new PushNotSetUp(`Google gave no token: ${answer.status}`);
    const { data } = grant.safeParse(jsonOf(answer));
    if (data === undefined) throw new PushUndelivered('Google gave no token that can be read');
    return { token: data.access_token, until: now.getTime() + (data.expires_in - MARGIN_S) * 1_000 };
  }
}
