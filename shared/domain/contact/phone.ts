import { toE164 } from '../../platform/phone/e164.ts';

/** Shorter texts are extensions, room numbers or rests of a cut cell. */
const SHORTEST = 6;

/** The phone as the source writes it, trimmed; null when nobody can be called on it (`stay-sidekick.md` §6.4). */
export function usablePhone(text: string | null): string | null {
  const phone = text?.trim() ?? '';
  return phone.length < SHORTEST || phone.startsWith('+0') ? null : phone;
}

/**
 * What two spellings of one number have in common: its E.164 form, or its digits where it has none (D-27). A text without
 * digits has nothing in common with another.
 *
 * @example comparablePhone('600 111 222') === comparablePhone('0034600111222') // true
 */
export function comparablePhone(phone: string): string {
  return toE164(phone) ?? (/\d/.test(phone) ? phone.replace(/[^\d+]/g, '') : phone.trim().toLowerCase());
}
