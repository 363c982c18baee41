import { filingName } from '../reservation/reservation.ts';
import type { Arrival } from './arrivals-of-day.ts';

/** What a message needs of an arrival. */
export type MessageArrival = Pick<Arrival, 'reservation' | 'apartment'>;

export interface FilledText {
  readonly text: string;
  /** Placeholders printed as a dash because the arrival lacks the value, e.g. `TELEFONO`; each once, sorted. */
  readonly unfilled: readonly string[];
  /** What stands in braces, means nothing here and was left as it is; each once, sorted. */
  readonly unknown: readonly string[];
}

/** Wider than the names that there are: `{nombre}` or `{Hora llegada}` is a mistake to be told, not a text to be sent. */
const PLACEHOLDER = /\{([^{}\n]{1,60})\}/gu;
const MISSING = '—';
const BETWEEN_COPIES = '\n\n---\n\n';

const MONTHS = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];

/**
 * The text for some arrivals (`stay-sidekick.md` §6.2, Templates): one filled copy of the template for each, or the
 * default text where the company has none. It may name guests: for the mail digest and the upload's user only.
 *
 * @param template null for the default text
 * @param today `YYYY-MM-DD`; the default text calls it so, and any other day of the arrivals by its date
 */
export function lateMessage(arrivals: readonly MessageArrival[], template: string | null, today: string): FilledText {
  if (template === null) return defaultText(arrivals, today);
  const copies = arrivals.map((arrival) => fillLateTemplate(template, arrival));
  return {
    text: copies.map(({ text }) => text).join(BETWEEN_COPIES),
    unfilled: distinct(copies.flatMap(({ unfilled }) => unfilled)),
    unknown: distinct(copies.flatMap(({ unknown }) => unknown)),
  };
}

/** One copy of a template. Values are not looked into: a guest called `{TELEFONO}` stays one. */
export function fillLateTemplate(template: string, arrival: MessageArrival): FilledText {
  const values = placeholderValues(arrival);
  const unfilled: string[] = [];
  const unknown: string[] = [];
  const text = template.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = values.get(name);
    if (value === undefined) {
      unknown.push(name);
      return placeholder;
    }
    if (value === null) unfilled.push(name);
    return value ?? MISSING;
  });
  return { text, unfilled: distinct(unfilled), unknown: distinct(unknown) };
}

/** @example longSpanishDate('2026-06-03') // '3 de junio de 2026' */
export function longSpanishDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)} de ${MONTHS[Number(month) - 1]} de ${Number(year)}`;
}

function placeholderValues({ reservation, apartment }: MessageArrival): ReadonlyMap<string, string | null> {
  return new Map([
    ['NOMBRE', filingName(reservation)],
    ['APARTAMENTO', apartment.nombre || null],
    ['TELEFONO', reservation.phone?.trim() || null],
    ['HORA_LLEGADA', reservation.arrival_time],
    ['DIRECCION', apartment.direccion?.trim() || null],
  ]);
}

function defaultText(arrivals: readonly MessageArrival[], today: string): FilledText {
  const [first, ...others] = arrivals;
  if (first === undefined) return { text: '', unfilled: [], unknown: [] };
  const when = spokenDay(arrivals, today);
  if (others.length === 0) return fillLateTemplate(defaultLetter(when), first);
  const lines = arrivals.map((arrival) => fillLateTemplate(DEFAULT_LINE, arrival));
  const list = lines.map(({ text }) => text).join('\n');
  const text = `Buenas tardes:\n\nOs informamos de ${arrivals.length} llegadas fuera de horario${when}:\n\n${list}\n\nMuchas gracias. Un saludo.`;
  return { text, unfilled: distinct(lines.flatMap(({ unfilled }) => unfilled)), unknown: [] };
}

const DEFAULT_LINE = '- {HORA_LLEGADA} · {APARTAMENTO} · {DIRECCION} · {NOMBRE} · {TELEFONO}';

/** An upload may hold any day: nobody is to be told «today» of a guest who comes next week. */
function spokenDay(arrivals: readonly MessageArrival[], today: string): string {
  const [day = today, ...others] = distinct(arrivals.map(({ reservation }) => reservation.check_in ?? today));
  if (others.length > 0) return '';
  return day === today ? ` para hoy, ${longSpanishDate(today)}` : ` para el ${longSpanishDate(day)}`;
}

function defaultLetter(when: string): string {
  return [
    'Buenas tardes:',
    '',
    `Os informamos de una llegada fuera de horario${when}:`,
    '',
    'Huésped: {NOMBRE}',
    'Apartamento: {APARTAMENTO}',
    'Dirección: {DIRECCION}',
    'Hora de llegada: {HORA_LLEGADA}',
    'Teléfono: {TELEFONO}',
    '',
    'Muchas gracias. Un saludo.',
  ].join('\n');
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
