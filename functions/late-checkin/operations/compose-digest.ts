import type { Arrival } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { lateMessage, longSpanishDate } from '../../../shared/domain/arrival/late-message.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { MailContent } from '../../../shared/domain/outbox/mail-content.ts';
import { sealContent } from '../../../shared/domain/outbox/outbox-entry.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';

/** An outbox entry that carries a sealed mail. */
export interface Digest {
  readonly id: string;
  readonly kind: 'mail';
  readonly sealed: string;
}

export interface DigestContent {
  readonly company: Company;
  readonly serviceDay: string;
  readonly arrivals: readonly Arrival[];
  /** The company's own text; the default one when absent. */
  readonly template: string | undefined;
}

/** The in-app line: apartment and hour, never the guest (ruling 8). */
export function lateArrivalMessage({ apartment, reservation }: Arrival): string {
  return `Llegada tardía en ${apartment.nombre ?? 'un apartamento sin identificar'} a las ${reservation.arrival_time}`;
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
  const count = arrivals.length === 1 ? '1 llegada tardía' : `${arrivals.length} llegadas tardías`;
  return {
    to: company.email,
    subject: `${count} · ${longSpanishDate(serviceDay)} · ${company.nombre}`,
    text: `${text}${holesNote(unfilled, unknown)}\n`,
  };
}

/** Seals the mail for the outbox: it may name guests. */
export function digestOf(content: DigestContent, id: string, key: DataKey): Digest {
  return { id, kind: 'mail', sealed: sealContent(key, id, { ...digestMail(content) }) };
}
