import { usablePhone } from './phone.ts';

/** What one reservation, or one row of a workbook, says of a guest. */
export interface GuestStay {
  readonly name: string;
  /** As the source writes it. */
  readonly phone: string | null;
  /** `YYYY-MM-DD`. */
  readonly checkIn: string | null;
  readonly apartments: readonly string[];
}

/** A guest to be kept in an address book. */
export interface Contact {
  /** The first spelling that came. */
  readonly name: string;
  readonly phone: string;
  /** The earliest known. */
  readonly checkIn: string | null;
  /** Without repetitions, in the order in which they came. */
  readonly apartments: readonly string[];
}

/**
 * One contact for each guest and phone, in order of first appearance; stays without a usable phone are dropped
 * (`stay-sidekick.md` §6.3).
 */
export async function groupContacts(
  stays: Iterable<GuestStay> | AsyncIterable<GuestStay>,
): Promise<readonly Contact[]> {
  const contacts = new Map<string, Contact>();
  for await (const { name, phone, checkIn, apartments } of stays) {
    const usable = usablePhone(phone);
    const spelled = name.trim();
    if (usable === null || spelled === '') continue;
    const key = `${spelled.toLowerCase()}\u0000${usable}`;
    const stay = { name: spelled, phone: usable, checkIn, apartments };
    const known = contacts.get(key);
    contacts.set(key, known === undefined ? stay : joined(known, stay));
  }
  return [...contacts.values()];
}

/** Two stays of one guest as one contact; the first keeps its name and its spelling of the phone. */
export function joined(first: Contact, next: Contact): Contact {
  return {
    ...first,
    checkIn: earlier(first.checkIn, next.checkIn),
    apartments: [...new Set([...first.apartments, ...next.apartments])],
  };
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one <= other ? one : other;
}
