import * as z from 'zod';
import { normalizeEmail } from '../../shared/domain/identity/email.ts';
import { toE164 } from '../../shared/platform/phone/e164.ts';
import { freeText, nameText } from '../../shared/platform/text/plain-text.ts';
import { COUNTRIES } from './countries.ts';

/** What a filled honeypot is told, and known by in the log. */
export const HONEYPOT_MESSAGE = 'Deja este campo vacío.';
/** Honeypot and captcha stand apart from what is written. */
const LONGEST_TOKEN = 2_048;

/** Fields are read as text whatever they are; `null` is a field that is not there (D-39). */
const written = z.preprocess((value) => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? undefined : value;
}, z.string());
const optional = z.preprocess((value) => value ?? '', written);

/** Sentences of `/api/contacto`, which name their field themselves (`stay-sidekick.md` §2.5). */
const required = (message: string) =>
  z.preprocess(
    (value) => value ?? '',
    written.refine((text) => text.trim() !== '', { error: message, abort: true }),
  );

const name = (most: number) =>
  z
    .string()
    .transform((text) => nameText(text))
    .pipe(z.string().min(1).max(most));
const email = (message: string) =>
  z.string().transform((text, context) => {
    const address = text.trim().length <= 254 ? normalizeEmail(text) : undefined;
    if (address !== undefined) return address;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
const honeypot = optional.refine((text) => text === '', { error: HONEYPOT_MESSAGE });
const token = z.string().trim().min(1).max(LONGEST_TOKEN);

const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  on: true,
  false: false,
  '0': false,
  no: false,
  off: false,
};
const flag = written.transform((text, context) => {
  const value = WORDS[text.trim().toLowerCase()];
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: 'Debe ser verdadero o falso.' });
  return z.NEVER;
});

/** `POST /api/contact`: a request for access. Unknown keys are ignored. */
export const accessBody = z
  .object({
    company_name: written.pipe(name(150)),
    company_email: written.pipe(email('No es una dirección de correo válida.')),
    country_code: written.pipe(z.string().trim().toUpperCase().pipe(z.enum(COUNTRIES))),
    phone: written.pipe(z.string().trim().min(4).max(20)),
    is_member: flag,
    message: optional.pipe(z.string().transform((text) => freeText(text))),
    turnstile_token: written.pipe(token),
    privacy_accepted: flag.refine((accepted) => accepted, { error: 'Acepta la política de privacidad.' }),
    website: honeypot,
  })
  .transform((fields, context) => {
    // `00` is a prefix of its own in every country, also where people dial another one.
    const phone = toE164(fields.phone.replace(/^00/, '+'), fields.country_code);
    if (phone !== null) return { ...fields, phone };
    context.addIssue({ code: 'custom', path: ['phone'], message: 'No es un teléfono válido de ese país.' });
    return z.NEVER;
  });
export type AccessBody = z.output<typeof accessBody>;

/** `POST /api/contacto`: a message. Unknown keys are ignored. */
export const contactBody = z.object({
  nombre: required('Escribe tu nombre.').pipe(
    z
      .string()
      .transform((text) => nameText(text))
      .pipe(
        z
          .string()
          .min(1, { error: 'Escribe tu nombre.' })
          .max(100, { error: 'El nombre admite como máximo 100 caracteres.' }),
      ),
  ),
  email: required('Escribe tu correo.').pipe(email('El correo no es una dirección válida.')),
  empresa: optional.pipe(z.string().transform((text) => nameText(text))),
  mensaje: required('Escribe tu mensaje.').pipe(
    z
      .string()
      .transform((text) => freeText(text))
      .pipe(z.string().min(10, { error: 'El mensaje debe tener al menos 10 caracteres.' })),
  ),
  turnstile_token: required('Falta la comprobación de que no eres un robot.').pipe(
    z.string().trim().max(LONGEST_TOKEN, { error: 'La comprobación de que no eres un robot no es válida.' }),
  ),
  website: honeypot,
});
export type ContactBody = z.output<typeof contactBody>;

export const formAnswer = z.object({ ok: z.literal(true), message: z.string() });
