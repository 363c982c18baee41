/** Fewest characters of a user name, and most (`aristay.md` §3.1). */
const SHORTEST = 3;
const LONGEST = 150;
/** Room for what {@link usernamesFor} appends. */
const LONGEST_BASE = LONGEST - 10;

/** The local part in the characters that a user name may have: letters, digits, `@ . + - _`. */
function baseOf(email: string): string {
  const [local = '', domain = ''] = email.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split('@');
  const allowed = (text: string) => text.replace(/[^a-z0-9.+_-]/g, '');
  const base = allowed(local);
  return (base.length >= SHORTEST ? base : `${base}.${allowed(domain)}`).slice(0, LONGEST_BASE);
}

/**
 * User names to try for a person, best first: the e-mail's local part, then with a number, at last with a part of the
 * person's id, which nobody else has.
 *
 * @example usernamesFor('ana@example.com', '3fa85f64-…') // ['ana', 'ana2', 'ana3', 'ana-3fa85f64']
 */
export function usernamesFor(email: string, userId: string): readonly string[] {
  const base = baseOf(email);
  return [base, `${base}2`, `${base}3`, `${base}-${userId.slice(0, 8)}`];
}
