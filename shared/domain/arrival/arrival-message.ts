import * as z from 'zod';
import { toE164 } from '../../platform/phone/e164.ts';
import type { MessageArrival } from './late-message.ts';
import { lateMessage } from './late-message.ts';
import { mailLink, whatsappLink } from './message-links.ts';

/** A text for one arrival, ready to be sent with a click. */
export const arrivalMessage = z.object({
  texto: z.string(),
  /** Placeholders that the arrival has no value for: a dash stands in their place. */
  sin_dato: z.array(z.string()),
  /** What stands in braces and means nothing: it is in the text as it was written. */
  desconocidos: z.array(z.string()),
  /** With the guest as the addressee; null where there is no number, no address, or the text is the default one. */
  huesped: z.object({ whatsapp: z.string().nullable(), correo: z.string().nullable() }),
  /** With an addressee to choose: the owner, the cleaners, whoever keeps the keys. */
  otros: z.object({ whatsapp: z.string(), correo: z.string() }),
});
export type ArrivalMessage = z.output<typeof arrivalMessage>;

/** What a company's texts are filled in with. */
export interface MessageContext {
  /** The company's own text; null for the default one, which tells colleagues of the guest and is none for the guest. */
  readonly template: string | null;
  /** `YYYY-MM-DD`: which day the default text calls today. */
  readonly today: string;
  readonly companyName: string;
}

/** Fills in the text for one arrival and makes its links. It names the guest: for people of the company alone. */
export function messageFor(arrival: MessageArrival, { template, today, companyName }: MessageContext): ArrivalMessage {
  const { text, unfilled, unknown } = lateMessage([arrival], template, today);
  const { phone, email } = arrival.reservation;
  const number = template === null || phone === null ? null : toE164(phone);
  const address = template === null ? null : email?.trim() || null;
  const subject = `Llegada · ${companyName}`;
  return {
    texto: text,
    sin_dato: [...unfilled],
    desconocidos: [...unknown],
    huesped: {
      whatsapp: number === null ? null : whatsappLink(number, text),
      correo: address === null ? null : mailLink(address, subject, text),
    },
    otros: { whatsapp: whatsappLink(null, text), correo: mailLink(null, subject, text) },
  };
}
