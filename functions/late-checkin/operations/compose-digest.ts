import type { Arrival } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { lateMessage, longSpanishDate } from '../../../shared/domain/arrival/late-message.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { MailContent } from '../../../shared/domain/outbox/mail-content.ts';
import {
  type DiscordMessage,
  LONGEST_DESCRIPTION,
  shownAsWritten,
} from '../../../shared/platform/discord/discord-message.ts';
import { cutText } from '../../../shared/platform/text/cut-text.ts';

export interface DigestContent {
  readonly company: Company;
  readonly serviceDay: string;
  readonly arrivals: readonly Arrival[];
  /** The company's own text; the default one when absent. */
  readonly template: string | undefined;
}

/** The in-app line: apartment and hour, never the guest (ruling 8). */
export function lateArrivalMessage(arrival: Arrival): string {
  return `Llegada tardía en ${dwelling(arrival)} a las ${arrival.reservation.arrival_time}`;
}

function dwelling({ apartment }: Arrival): string {
  return apartment.nombre ?? 'un apartamento sin identificar';
}

/** Names the placeholders that stayed empty or mean nothing, so that nobody sends a text with holes unaware. */
function holesNote(unfilled: readonly string[], unknown: readonly string[]): string {
  const notes = [
    ...(unfilled.length > 0 ? [`Sin dato para: ${unfilled.join(', ')}.`] : []),
    ...(unknown.length > 0 ? [`Marcadores que la plantilla usa y no existen: ${unknown.join(', ')}.`] : []),
  ];
  return notes.length === 0 ? '' : `\n\n---\n\n${notes.join(' ')}`;
}

/** Characters of a mail's text: sealed, with three bytes each, it still fits into an item of 400 KB. */
const LONGEST_TEXT = 60_000;

/** The run's one mail to the company's address: the new late arrivals in the company's own words. */
export function digestMail({ company, serviceDay, arrivals, template }: DigestContent): MailContent {
  const { text, unfilled, unknown, left } = mailedText(arrivals, template ?? null, serviceDay);
  return {
    to: company.email,
    subject: `${headline(arrivals.length, serviceDay)} · ${company.nombre}`,
    text: `${text}${leftNote(left)}${holesNote(unfilled, unknown)}\n`,
  };
}

/** The text for as many arrivals as a mail holds, and how many are left: a long template must not keep the mail back. */
function mailedText(arrivals: readonly Arrival[], template: string | null, serviceDay: string) {
  let told = arrivals;
  let message = lateMessage(told, template, serviceDay);
  while (message.text.length > LONGEST_TEXT && told.length > 1) {
    const fitting = Math.floor((told.length * LONGEST_TEXT) / message.text.length);
    told = told.slice(0, Math.max(1, Math.min(fitting, told.length - 1)));
    message = lateMessage(told, template, serviceDay);
  }
  return { ...message, text: cutText(message.text, LONGEST_TEXT), left: arrivals.length - told.length };
}

function leftNote(left: number): string {
  if (left === 0) return '';
  const arrivals = left === 1 ? '1 llegada más' : `${left} llegadas más`;
  return `\n\n---\n\nY ${arrivals}, sin texto aquí porque el correo sería demasiado largo: míralas en Llegadas tardías.`;
}

const CARD_COLOR = 0xfe_e7_5c;
/** Leaves room for the line that says how many more there are. */
const MOST_LINES_LENGTH = LONGEST_DESCRIPTION - 100;

/** The run's one card in the company's channel: apartment and hour, never the guest (ruling 13). */
export function digestCard(arrivals: readonly Arrival[], serviceDay: string, now: Date): DiscordMessage {
  return {
    title: headline(arrivals.length, serviceDay),
    color: CARD_COLOR,
    description: cardLines(arrivals),
    fields: [],
    footer: 'Stay Sidekick · Llegadas tardías',
    timestamp: now.toISOString(),
  };
}

/** A line for each arrival, as many as Discord takes, and how many there are besides. */
function cardLines(arrivals: readonly Arrival[]): string {
  const lines: string[] = [];
  let length = 0;
  for (const arrival of arrivals) {
    const line = `**${arrival.reservation.arrival_time}** · ${shownAsWritten(dwelling(arrival))}`;
    length += line.length + 1;
    if (length > MOST_LINES_LENGTH) break;
    lines.push(line);
  }
  const left = arrivals.length - lines.length;
  return [...lines, ...(left > 0 ? [`Y ${left} más.`] : [])].join('\n');
}

function headline(count: number, serviceDay: string): string {
  const arrivals = count === 1 ? '1 llegada tardía' : `${count} llegadas tardías`;
  return `${arrivals} · ${longSpanishDate(serviceDay)}`;
}
