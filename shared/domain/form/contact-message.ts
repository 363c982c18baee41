import { type DiscordMessage, shownAsWritten } from '../../platform/discord/discord-message.ts';

/** Somebody writes to us (`stay-sidekick.md` §4.13). */
export interface ContactMessage {
  readonly name: string;
  readonly email: string;
  /** Empty when none was given. */
  readonly company: string;
  readonly message: string;
}

const COLOR = 0x57_f2_87;

/** The card in the operator's channel for contact. */
export function contactCard({ name, email, company, message }: ContactMessage, now: Date): DiscordMessage {
  return {
    title: 'Nuevo mensaje de contacto',
    color: COLOR,
    description: shownAsWritten(message),
    fields: [
      { name: 'Nombre', value: shownAsWritten(name) },
      { name: 'Email', value: shownAsWritten(email) },
      ...(company === '' ? [] : [{ name: 'Empresa', value: shownAsWritten(company) }]),
    ],
    footer: 'Stay Sidekick · Formulario de contacto',
    timestamp: now.toISOString(),
  };
}
