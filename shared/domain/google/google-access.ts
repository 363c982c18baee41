import type { Clock } from '../../platform/clock/clock.ts';
import type { AccessGrant } from './google-oauth.ts';

/** Refreshed this long before its end, so that no call is under way when a token ends. */
const EARLY_MS = 120_000;

export interface AccessDeps {
  readonly clock: Clock;
  readonly refresh: () => Promise<AccessGrant>;
  /** Puts a new token where the next operation finds it. */
  readonly keep: (token: string, expiry: Date) => Promise<void>;
}

/** The access token of one grant for as long as one operation lasts. */
export class GoogleAccess {
  readonly #deps: AccessDeps;
  #token: string;
  #expiry: number;
  #refreshing: Promise<string> | undefined;

  /** @param expiry instant at which the token ends */
  constructor(deps: AccessDeps, token: string, expiry: string) {
    this.#deps = deps;
    this.#token = token;
    this.#expiry = Date.parse(expiry);
  }

  /** @throws GoogleFailed when it has ended and there is no new one to be had */
  async token(): Promise<string> {
    const left = this.#expiry - this.#deps.clock.now().getTime();
    return left > EARLY_MS ? this.#token : this.renewed();
  }

  /** Another token, whatever the old one's time: for one that Google no longer takes. One refresh at a time. */
  renewed(): Promise<string> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<string> {
    const { access_token, expires_in } = await this.#deps.refresh();
    const expiry = new Date(this.#deps.clock.now().getTime() + expires_in * 1000);
    this.#token = access_token;
    this.#expiry = expiry.getTime();
    await this.#deps.keep(access_token, expiry);
    return access_token;
  }
}
