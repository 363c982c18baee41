import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** Life of a reset token in seconds (`aristay.md` C7). */
export const RESET_S = 3_600;

/** A reset as stored: of the token only its digest. */
export const passwordReset = z.object({
  digest: z.string(),
  /** Session version of the user: any other way to a password or out of the company ends the reset. */
  session_version: z.int(),
  /** Epoch seconds. */
  expires_at: z.int(),
});
export type PasswordReset = z.infer<typeof passwordReset>;

const person = z.object({ empresaId: z.uuid(), userId: z.uuid() });
export type ResetPerson = z.infer<typeof person>;

/** The `uid` of a reset link: company and user, as one word. */
export function resetUid({ empresaId, userId }: ResetPerson): string {
  return Buffer.from(`${empresaId}/${userId}`).toString('base64url');
}

/** Whom a `uid` is of; undefined for a text that is none. */
export function readResetUid(uid: string): ResetPerson | undefined {
  const [empresaId, userId] = Buffer.from(uid, 'base64url').toString('utf8').split('/');
  return person.safeParse({ empresaId, userId }).data;
}

/** 256 random bits, as they go into the link. */
export function newResetToken(): string {
  return randomBytes(32).toString('base64url');
}

export function resetDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether the token is the one that was sent, and still good. */
export function opensReset(reset: PasswordReset, token: string, sessionVersion: number, now: Date): boolean {
  const same = timingSafeEqual(Buffer.from(reset.digest), Buffer.from(resetDigest(token)));
  return same && reset.session_version === sessionVersion && reset.expires_at > now.getTime() / 1000;
}
