import { serviceError, validationError } from './errors.ts';

const LIFETIME_MS = 10 * 60 * 1000;

/** The `ClientRequestToken`s of the transactions committed within the last 10 minutes. */
export interface TokenMemory {
  /** Whether this very request was committed under `token`. Throws when another one was, or the token is malformed. */
  has(token: unknown, fingerprint: string): boolean;
  add(token: unknown, fingerprint: string): void;
  clear(): void;
}

/** `now` is in milliseconds since the epoch. */
export function createTokenMemory(now: () => number): TokenMemory {
  const committed = new Map<string, { readonly fingerprint: string; readonly until: number }>();
  return {
    has(token, fingerprint) {
      if (token === undefined) return false;
      if (typeof token !== 'string' || token.length < 1 || token.length > 36) {
        throw validationError('ClientRequestToken must have length between 1 and 36');
      }
      // In order of their age, the oldest first.
      for (const [old, { until }] of committed) {
        if (until > now()) break;
        committed.delete(old);
      }
      const earlier = committed.get(token);
      if (earlier !== undefined && earlier.fingerprint !== fingerprint) {
        throw serviceError(
          'IdempotentParameterMismatchException',
          'The ClientRequestToken was used for a request with other parameters',
        );
      }
      return earlier !== undefined;
    },
    add(token, fingerprint) {
      if (typeof token === 'string') committed.set(token, { fingerprint, until: now() + LIFETIME_MS });
    },
    clear: () => committed.clear(),
  };
}
