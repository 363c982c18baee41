import type { DataKey } from '../../platform/crypto/sealed.ts';
import { type GoogleConnection, type GoogleTokens, openTokens } from './google-connection.ts';
import { GoogleFailed } from './google-failed.ts';

/** @throws GoogleFailed `KEY_UNREADABLE` when they open no more (`stay-sidekick.md` §2.14) */
export function readTokens(key: DataKey, connection: GoogleConnection): GoogleTokens {
  try {
    return openTokens(key, connection);
  } catch {
    throw new GoogleFailed('KEY_UNREADABLE');
  }
}
