import { fingerprint } from '../../platform/crypto/fingerprint.ts';
import type { DataKey } from '../../platform/crypto/sealed.ts';
import { comparablePhone } from '../contact/phone.ts';
import { comparableName, type Person, shownName } from '../google/person.ts';

/** One of the account's contacts, known by fingerprints: neither name nor number rests with us (ruling 8). */
export interface ContactLink {
  readonly resourceName: string;
  readonly name: string;
  readonly phones: readonly string[];
}

/** A change of what is known: a contact as it is now, or one that is no more. */
export type LinkChange = ContactLink | { readonly removed: string };

/** Names and numbers as fingerprints under one tenant's key. */
export class Prints {
  readonly #key: DataKey;

  /** @param key the tenant's data key of purpose `guest-data` */
  constructor(key: DataKey) {
    this.#key = key;
  }

  /** The same for every spelling of a number. */
  ofPhone(phone: string): string {
    return fingerprint(this.#key, `phone\n${comparablePhone(phone)}`);
  }

  ofName(name: string): string {
    return fingerprint(this.#key, `name\n${comparableName(name)}`);
  }

  ofPerson(found: Person): ContactLink {
    const phones = found.phoneNumbers.map(({ canonicalForm, value }) => this.ofPhone(canonicalForm ?? value));
    return { resourceName: found.resourceName, name: this.ofName(shownName(found)), phones: [...new Set(phones)] };
  }
}

/** What is known of an account's contacts, in memory. */
export class ContactDirectory {
  readonly #links = new Map<string, ContactLink>();
  readonly #byPhone = new Map<string, Set<string>>();

  apply(change: LinkChange): void {
    const name = 'removed' in change ? change.removed : change.resourceName;
    for (const phone of this.#links.get(name)?.phones ?? []) this.#byPhone.get(phone)?.delete(name);
    this.#links.delete(name);
    if ('removed' in change) return;
    this.#links.set(name, change);
    for (const phone of change.phones) this.#byPhone.set(phone, (this.#byPhone.get(phone) ?? new Set()).add(name));
  }

  /** The contact with this number; always the same one where several have it. */
  find(phone: string): ContactLink | undefined {
    const [first] = [...(this.#byPhone.get(phone) ?? [])].sort();
    return first === undefined ? undefined : this.#links.get(first);
  }
}

/** What a page of Google's answer changes: deleted contacts go, merged ones leave their old names. */
export function changesOf(people: readonly Person[], prints: Prints): readonly LinkChange[] {
  return people.flatMap((found): LinkChange[] => {
    const { deleted, previousResourceNames } = found.metadata;
    const merged = previousResourceNames.filter((name) => name !== found.resourceName).map((removed) => ({ removed }));
    return [...merged, deleted ? { removed: found.resourceName } : prints.ofPerson(found)];
  });
}
