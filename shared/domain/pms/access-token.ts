import { PmsFailed, type PmsProblem } from './pms-failed.ts';

/** Where an account's access token rests between operations: asking for one costs calls of a small budget. */
export interface AccessTokens {
  /** The kept one, while it is good. */
  current(): string | undefined;
  keep(token: string, lifeSeconds: number): Promise<void>;
}

export interface NewToken {
  readonly token: string;
  readonly lifeSeconds: number;
}

/**
 * Reads with a token that is at hand or asked for, and once more with a new one when the provider takes it no longer.
 *
 * @param refused what the provider says of a token that has run out
 * @returns runs a read with whichever token is good, for the life of one client
 */
export function withAccessToken(
  tokens: AccessTokens,
  renew: () => Promise<NewToken>,
  refused: PmsProblem,
): <T>(read: (token: string) => Promise<T>) => Promise<T> {
  let known = tokens.current();
  let isNew = false;
  const fresh = async () => {
    const { token, lifeSeconds } = await renew();
    isNew = true;
    known = token;
    await tokens.keep(token, lifeSeconds);
    return token;
  };
  return async (read) => {
    try {
      return await read(known ?? (await fresh()));
    } catch (thrown) {
      if (!(thrown instanceof PmsFailed) || thrown.problem !== refused || isNew) throw thrown;
      return read(await fresh());
    }
  };
}
