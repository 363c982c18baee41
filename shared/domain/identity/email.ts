import { domainToASCII } from 'node:url';
import * as z from 'zod';

const LONGEST = 254;
const LOCAL_PART = /^[^\s"(),:;<>@[\\\]]+$/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names that no mail reaches (RFC 2606, 6761, 6762, 7686). */
const SPECIAL_USE = new Set(['localhost', 'local', 'test', 'invalid', 'onion', 'arpa']);

/**
 * The address in the form that identifies a person: trimmed, domain in IDNA, all in lower case; undefined when it is
 * none (`stay-sidekick.md` §2.12: no DNS is asked).
 */
export function normalizeEmail(text: string): string | undefined {
  const address = text.trim().normalize('NFC').toLowerCase();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = domainToASCII(address.slice(at + 1));
  const labels = domain.split('.');
  const lastLabel = labels.at(-1) ?? '';
  const wellFormed =
    at > 0 &&
    LOCAL_PART.test(local) &&
    !/^\.|\.\.|\.$/.test(local) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(lastLabel) &&
    !SPECIAL_USE.has(lastLabel);
  const normalized = `${local}@${domain}`;
  return wellFormed && normalized.length <= LONGEST ? normalized : undefined;
}

/** A field that holds a person's address; comes out normalised. @param message what a text that is none is told */
export function emailFieldSaying(message: string) {
  return z
    .string()
    .max(LONGEST)
    .transform((text, context) => {
      const email = normalizeEmail(text);
      if (email !== undefined) return email;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

/** {@link emailFieldSaying} in Spanish. */
export const emailField = emailFieldSaying('No es una dirección de correo válida.');
