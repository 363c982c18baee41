import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { derivedKey } from '../../platform/auth/signing-key.ts';

/** Who went to Google, for which company; travels there and back. */
export interface OauthState {
  readonly empresaId: string;
  readonly userId: string;
  /** Random: the consent can be used once. */
  readonly nonce: string;
  /** Epoch seconds. */
  readonly expires: number;
}

/** Seconds that somebody has for consenting. */
export const STATE_LIFE_S = 600;

const payload = z.tuple([z.string(), z.string(), z.string(), z.int()]);

const signature = (secret: string, text: string) =>
  createHmac('sha256', derivedKey(secret, 'google-oauth-state')).update(text).digest();

/** @param secret the platform's `SECRET_KEY` */
export function writeState(secret: string, { empresaId, userId, nonce, expires }: OauthState): string {
  const text = Buffer.from(JSON.stringify([empresaId, userId, nonce, expires])).toString('base64url');
  return `${text}.${signature(secret, text).toString('base64url')}`;
}

/** Undefined for what we have not written, or wrote too long ago. */
export function readState(secret: string, state: string, now: Date): OauthState | undefined {
  const [text = '', signed = ''] = state.split('.');
  const [given, genuine] = [Buffer.from(signed, 'base64url'), signature(secret, text)];
  if (given.length !== genuine.length || !timingSafeEqual(given, genuine)) return undefined;
  const [empresaId, userId, nonce, expires] = payload.parse(
    JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
  );
  return expires * 1000 > now.getTime() ? { empresaId, userId, nonce, expires } : undefined;
}

/**
 * The PKCE verifier of one consent (RFC 7636): 43 characters that nobody can make without the platform's secret, and
 * that therefore rest nowhere.
 */
export function verifierOf(secret: string, nonce: string): string {
  return createHmac('sha256', derivedKey(secret, 'google-pkce')).update(nonce).digest('base64url');
}

/** The S256 challenge of a verifier: Base64url of its SHA-256, without padding. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
