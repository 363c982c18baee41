import type { Contact } from './contact.ts';
import type { ContactPreferences, DateFormat } from './preferences.ts';

type Parts = Readonly<Record<'year' | 'month' | 'day', string>>;

const FORMATS: Readonly<Record<DateFormat, (date: Parts) => string>> = {
  YYMMDD: ({ year, month, day }) => `${year.slice(2)}${month}${day}`,
  YYYYMMDD: ({ year, month, day }) => `${year}${month}${day}`,
  'DD/MM/YYYY': ({ year, month, day }) => `${day}/${month}/${year}`,
  'DD/MM/YY': ({ year, month, day }) => `${day}/${month}/${year.slice(2)}`,
  'MM/DD/YYYY': ({ year, month, day }) => `${month}/${day}/${year}`,
  'DD-MM-YYYY': ({ year, month, day }) => `${day}-${month}-${year}`,
};

/** @param date `YYYY-MM-DD` */
function written(date: string, format: DateFormat): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return FORMATS[format]({ year, month, day });
}

/**
 * A contact's name in an address book (`stay-sidekick.md` §6.5). What is unknown leaves nothing behind, and the
 * separators around it stay.
 *
 * @example contactName({ name: 'Ana', phone, checkIn: '2026-06-03', apartments: [] }, DEFAULT) // '260603 -  - Ana'
 */
export function contactName({ name, checkIn, apartments }: Contact, preferences: ContactPreferences): string {
  const { plantilla, separador_apt, formato_fecha_salida } = preferences;
  const values: Readonly<Record<string, string>> = {
    '{FECHA}': checkIn === null ? '' : written(checkIn, formato_fecha_salida),
    '{APT}': apartments.join(separador_apt),
    '{NOMBRE}': name,
  };
  // In one pass, so that a guest who is called {FECHA} stays so.
  return plantilla.replace(/\{(?:FECHA|APT|NOMBRE)\}/g, (token) => values[token] ?? token).trim();
}
