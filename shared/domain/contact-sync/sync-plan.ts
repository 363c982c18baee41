import { type Contact, joined } from '../contact/contact.ts';
import type { ContactDirectory, Prints } from './contact-link.ts';

/** A contact as it shall stand in the address book. */
export interface Target {
  /** Print of the number, by which it is told from others. */
  readonly mark: string;
  readonly phone: string;
  readonly name: string;
  /** The guest's own name, for a warning. */
  readonly guest: string;
}

/** What has to be done so that the address book holds every target. */
export interface SyncPlan {
  readonly create: readonly Target[];
  readonly rename: readonly { readonly resourceName: string; readonly target: Target }[];
}

/** One target for each number: a number can stand in one contact only, which bears the name of the first guest. */
export function targetsOf(
  contacts: readonly Contact[],
  prints: Prints,
  nameOf: (contact: Contact) => string,
): readonly Target[] {
  const byNumber = new Map<string, Contact>();
  for (const contact of contacts) {
    const mark = prints.ofPhone(contact.phone);
    const known = byNumber.get(mark);
    byNumber.set(mark, known === undefined ? contact : joined(known, contact));
  }
  return [...byNumber].map(([mark, contact]) => {
    return { mark, phone: contact.phone, name: nameOf(contact), guest: contact.name };
  });
}

/**
 * Compares targets with what is known. A contact with several numbers is claimed by the first of its guests: it is
 * never renamed to and fro.
 */
export function planSync(targets: readonly Target[], directory: ContactDirectory, prints: Prints): SyncPlan {
  const claimed = new Set<string>();
  const create: Target[] = [];
  const rename: { resourceName: string; target: Target }[] = [];
  for (const target of targets) {
    const link = directory.find(target.mark);
    if (link === undefined) create.push(target);
    else if (!claimed.has(link.resourceName)) {
      claimed.add(link.resourceName);
      if (link.name !== prints.ofName(target.name)) rename.push({ resourceName: link.resourceName, target });
    }
  }
  return { create, rename };
}
