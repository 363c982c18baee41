/** Names that channels go by, as `aristay.md` §6.5 lists them. */
const SLUGS: Readonly<Record<string, string>> = {
  homeaway: 'vrbo',
  'booking.com': 'booking_com',
  booking: 'booking_com',
  directly: 'direct',
};

/**
 * The slug of a booking's source: known channels by their names, anything else in lower case with `_` for what is
 * neither letter nor digit; `""` for nothing.
 *
 * @example sourceSlug(' Owner staying ') // 'owner_staying'
 */
export function sourceSlug(text: string): string {
  const name = text.trim().toLowerCase();
  if (Object.hasOwn(SLUGS, name)) return SLUGS[name] ?? name;
  return name.replace(/[^\p{L}\p{N}]+/gu, '_').slice(0, 50);
}
