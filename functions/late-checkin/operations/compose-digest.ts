import type { Arrival } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { lateMessage, longSpanishDate } from '../../../shared/domain/arrival/late-message.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { MailContent } from '../../../shared/domain/outbox/mail-content.ts';
import {
  type DiscordMessage,
  LONGEST_DESCRIPTION,
  shownAsWritten,
} from '../../../shared/platform/discord/discord-message.ts';

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

/** The run's one mail to the company's address: the new late arrivals in the company's own words. */
export function digestMail({ company, serviceDay, arrivals, template }: DigestContent): MailContent {
  const { text, unfilled, unknown } = lateMessage(arrivals, template ?? null, serviceDay);
  return {
    to: company.email,
    subject: `${headline(arrivals.length, serviceDay)} · ${company.nombre}`,
    text: `${text}${holesNote(unfilled, unknown)}\n`,
  };
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
