import { createHash } from 'node:crypto';
import { filingName, type Reservation } from '../reservation/reservation.ts';
import { type ArrivalApartment, normaliseCode } from './apartment-match.ts';

/** What makes two reports the same stay, whoever made them and however they spell it. */
export interface StayKey {
  /** Check-in date, `YYYY-MM-DD`; empty when unknown. */
  readonly date: string;
  /** Folded catalogue name, else the source's text or code; empty when unknown. */
  readonly dwelling: string;
  /** Words of the guest's name, folded and sorted: `García, Ana` and `ANA GARCIA` are one. Empty when unnamed. */
  readonly guest: readonly string[];
}

const DIGEST_LENGTH = 32;

/**
 * Letters and digits only, in lower case and without accents, single spaces between words.
 *
 * @example foldText('  García-Núñez, Ana ') // 'garcia nunez ana'
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The key of one source's report of a stay whose dwelling has been looked up. */
export function stayKeyOf(reservation: Reservation, apartment: ArrivalApartment): StayKey {
  const words = foldText(filingName(reservation) ?? '').split(' ');
  return {
    date: reservation.check_in ?? '',
    dwelling: dwellingKey(reservation, apartment),
    guest: [...new Set(words)].filter((word) => word !== '').sort(),
  };
}

/** By name and not by id, because many exports carry the catalogue's name, which the look-up by codes cannot match. */
function dwellingKey(reservation: Reservation, apartment: ArrivalApartment): string {
  if (apartment.nombre !== null) return foldText(normaliseCode(apartment.nombre) ?? apartment.nombre);
  const code = normaliseCode(reservation.apartment_id_externo);
  return code === null ? '' : `#${foldText(code)}`;
}

/** Identity of a stay as any source would report it. The hour, the phone and the check-out are no part of it. */
export function stayIdentity({ date, dwelling, guest }: StayKey): string {
  return `arr_${digest(['stay', date, dwelling, ...guest])}`;
}

/**
 * Identity of one source's record of a stay: survives a corrected name. The dwelling is part of it because a
 * reservation of several rooms comes as several records with one id.
 */
export function recordIdentity({ source, id_externo }: Reservation, { date, dwelling }: StayKey): string {
  return `arr_${digest(['record', source, id_externo, date, dwelling])}`;
}

/** Short fingerprint of some texts; the separator cannot be typed, so `['a', 'b']` and `['ab']` differ. */
export function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, DIGEST_LENGTH);
}
