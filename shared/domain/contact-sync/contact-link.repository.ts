import * as z from 'zod';
import { ABSENT } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { ContactLink, LinkChange } from './contact-link.ts';
import { contactLinksKey, contactLinksPartition } from './contact-sync.keys.ts';

/** Name of the contact, print of its name, prints of its numbers; the first alone for one that is no more. */
const packed = z.union([z.tuple([z.string(), z.string(), z.array(z.string())]), z.tuple([z.string()])]);
const linksRow = z.object({ links: z.string() });

/** Changes of one row: with three numbers each they come to a third of the 400 KB that a row may have. */
const PART = 1_000;
/** Beyond this a full read begins a new generation in any case, and the rows of the old one may go. */
const KEPT_S = 8 * 86_400;

/**
 * What is known of an account's contacts, as a log: the pages of a full read, then what has changed since. A sync holds
 * the company's contacts while it writes, so parts are numbered by one hand.
 */
export class ContactLinkRepository {
  readonly #scope: TenantScope;
  readonly #generation: string;
  #parts = 0;

  constructor(scope: TenantScope, generation: string) {
    this.#scope = scope;
    this.#generation = generation;
  }

  /** All changes in their order, and from then on the place where the next are put. */
  async *read(): AsyncGenerator<LinkChange> {
    const query = {
      pk: contactLinksPartition(this.#scope.empresaId),
      prefix: `${this.#generation}#`,
      consistent: true,
    };
    this.#parts = 0;
    for await (const row of this.#scope.table.queryAll(query)) {
      this.#parts += 1;
      for (const entry of z.array(packed).parse(JSON.parse(linksRow.parse(row).links))) yield unpack(entry);
    }
  }

  async add(changes: readonly LinkChange[], now: Date): Promise<void> {
    const expires_at = Math.floor(now.getTime() / 1000) + KEPT_S;
    for (let from = 0; from < changes.length; from += PART) {
      const links = JSON.stringify(changes.slice(from, from + PART).map(pack));
      const key = contactLinksKey(this.#scope.empresaId, this.#generation, this.#parts);
      await this.#scope.table.write({ kind: 'put', item: { ...key, links, expires_at }, condition: ABSENT });
      this.#parts += 1;
    }
  }
}

function pack(change: LinkChange): z.input<typeof packed> {
  if ('removed' in change) return [change.removed];
  return [change.resourceName, change.name, [...change.phones]];
}

function unpack([resourceName, name, phones]: z.output<typeof packed>): LinkChange {
  if (name === undefined || phones === undefined) return { removed: resourceName };
  return { resourceName, name, phones } satisfies ContactLink;
}
