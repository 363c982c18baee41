import { type DiscordMessage, shownAsWritten } from '../../platform/discord/discord-message.ts';
import type { MailContent } from '../outbox/mail-content.ts';

/** Somebody asks for access (`stay-sidekick.md` §4.13). */
export interface AccessRequest {
  readonly company: string;
  readonly email: string;
  /** E.164. */
  readonly phone: string;
  readonly isMember: boolean;
  /** Empty when nothing was written. */
  readonly message: string;
}

const COLOR = 0x58_65_f2;
const NO_MESSAGE = 'Sin mensaje.';

/** The mail to the operator, in plain text: nothing of it is read as anything else. */
export function accessRequestMail(
  { company, email, phone, isMember, message }: AccessRequest,
  to: string,
): MailContent {
  const facts = [`Empresa: ${company}`, `Correo: ${email}`, `Teléfono: ${phone}`, `Miembro: ${isMember ? 'sí' : 'no'}`];
  const text = `${facts.join('\n')}\n\nMensaje:\n${message || NO_MESSAGE}\n`;
  return { to, subject: `[Stay Sidekick] Solicitud de acceso · ${company}`, text };
}

/** The card in the operator's channel. */
export function accessRequestCard(request: AccessRequest, now: Date): DiscordMessage {
  const { company, email, phone, isMember, message } = request;
  return {
    title: 'Nueva solicitud de acceso',
    color: COLOR,
    description: shownAsWritten(message) || NO_MESSAGE,
    fields: [
      { name: 'Empresa', value: shownAsWritten(company) },
      { name: 'Email', value: shownAsWritten(email) },
      { name: 'Teléfono', value: phone },
      { name: 'Miembro', value: isMember ? 'Sí' : 'No' },
    ],
    footer: 'Stay Sidekick · Formulario de solicitud',
    timestamp: now.toISOString(),
  };
}
