import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';

/** Why a connection is no longer in use: Google ended it, or it never covered the contacts. */
export const BROKEN_REASONS = ['revocada', 'sin_permiso'] as const;
export type BrokenReason = (typeof BROKEN_REASONS)[number];

/** What is known of an account's contacts since some full read of them. */
export const knownContacts = z.object({
  /** Names the rows that hold it. */
  generation: z.string(),
  /** Google's mark of where the last read ended. */
  sync_token: z.string(),
  /** Instant of the full read. */
  since: z.string(),
});
export type KnownContacts = z.infer<typeof knownContacts>;

/** A company's grant at Google as stored; one for each company. */
export const googleConnection = z.object({
  /** Of this grant: another one after connecting anew. */
  id: z.string(),
  activo: z.boolean(),
  motivo: z.enum(BROKEN_REASONS).nullable(),
  alcance: z.string(),
  /** The tokens, see {@link sealTokens}. */
  sealed: z.string(),
  /** Instant at which the access token ends. */
  token_expiry: z.string(),
  contactos: knownContacts.nullable(),
  created_at: z.string(),
});
export type GoogleConnection = z.infer<typeof googleConnection>;

const googleTokens = z.object({ access_token: z.string(), refresh_token: z.string() });
export type GoogleTokens = z.infer<typeof googleTokens>;

/** Bound to its grant, so that tokens of one never open in the place of another. */
const place = (connectionId: string) => `integration/google/${connectionId}`;

/** @param key the tenant's data key of purpose `integrations` */
export function sealTokens(key: DataKey, connectionId: string, { access_token, refresh_token }: GoogleTokens): string {
  return seal(key, place(connectionId), JSON.stringify({ access_token, refresh_token }));
}

/** @throws Error when they were sealed under another key, for another grant, or changed */
export function openTokens(key: DataKey, { id, sealed }: Pick<GoogleConnection, 'id' | 'sealed'>): GoogleTokens {
  return googleTokens.parse(JSON.parse(open(key, place(id), sealed)));
}
