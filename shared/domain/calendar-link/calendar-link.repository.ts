import * as z from 'zod';
import { ABSENT, type Table, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { calendarLinkKey, calendarLinkPartition, calendarLockKey } from './calendar-link.keys.ts';
import { type CalendarLink, calendarLink, digestOfToken } from './calendar-link.ts';

/** The addresses of one company's calendars. Writes are answered, to be committed with their audit entry. */
export class CalendarLinkRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** All of them, oldest first. */
  async list(): Promise<readonly CalendarLink[]> {
    const { empresaId, table } = this.#scope;
    const found: CalendarLink[] = [];
    for await (const row of table.queryAll({ pk: calendarLinkPartition(empresaId), consistent: true })) {
      found.push(calendarLink.parse(row));
    }
    return found;
  }

  async find(id: string): Promise<CalendarLink | undefined> {
    const row = await this.#scope.table.get(calendarLinkKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : calendarLink.parse(row);
  }

  /** The writes that add one with its place in the platform's list. */
  additionOf(link: CalendarLink): readonly Write[] {
    const item = { ...calendarLinkKey(this.#scope.empresaId, link.id), ...link };
    return [{ kind: 'put', item, condition: ABSENT }, this.#listing(link)];
  }

  /** The writes that give one another token; the old one opens nothing from then on. Refused when it changed meanwhile. */
  rotationOf(seen: CalendarLink, link: CalendarLink): readonly Write[] {
    const item = { ...calendarLinkKey(this.#scope.empresaId, link.id), ...link };
    return [{ kind: 'put', item, condition: asSeen(seen) }, this.#unlisting(seen), this.#listing(link)];
  }

  /** The writes that take one back. Refused when it changed meanwhile. */
  removalOf(seen: CalendarLink): readonly Write[] {
    const key = calendarLinkKey(this.#scope.empresaId, seen.id);
    return [{ kind: 'delete', key, condition: asSeen(seen) }, this.#unlisting(seen)];
  }

  #listing({ id, digest }: CalendarLink): Write {
    const item = { ...calendarLockKey(digest), empresa_id: this.#scope.empresaId, link_id: id };
    return { kind: 'put', item, condition: ABSENT };
  }

  #unlisting({ digest }: CalendarLink): Write {
    return { kind: 'delete', key: calendarLockKey(digest) };
  }
}

function asSeen({ digest }: CalendarLink) {
  return { expression: 'digest = :seen', values: { ':seen': digest } };
}

const lock = z.object({ empresa_id: z.string(), link_id: z.string() });

/** Whose address a token is; undefined for one of nobody. */
export async function findCalendarOwner(
  table: Table,
  token: string,
): Promise<{ readonly empresaId: string; readonly linkId: string } | undefined> {
  const row = await table.get(calendarLockKey(digestOfToken(token)), { consistent: true });
  if (row === undefined) return undefined;
  const { empresa_id, link_id } = lock.parse(row);
  return { empresaId: empresa_id, linkId: link_id };
}
