import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Where a number without a country code is taken to belong. */
const HOME: CountryCode = 'ES';

/**
 * A phone number in E.164; null for what is none. A prefix of its own (`+` or `00`) wins over the country, in which a
 * number without one is read (`stay-sidekick.md` §2.12).
 *
 * @example toE164('0034 612 345 678') // '+34612345678'
 */
export function toE164(text: string, country: CountryCode = HOME): string | null {
  const number = parsePhoneNumberFromString(text, country);
  return number?.isValid() === true ? number.number : null;
}
