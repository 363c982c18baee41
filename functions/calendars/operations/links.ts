import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { CalendarLinkRepository } from '../../../shared/domain/calendar-link/calendar-link.repository.ts';
import {
  type CalendarLink,
  digestOfToken,
  newCalendarToken,
  openToken,
  sealToken,
} from '../../../shared/domain/calendar-link/calendar-link.ts';
import { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { type NumberedPage, orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { LinkAnswer, LinkBody, LinksQuery } from '../schemas.ts';
import { auditOrigin, type CalendarDeps, dwellingOf, notFound, propertiesOf, unitNumber } from './calendar-deps.ts';

interface Shown {
  readonly key: DataKey;
  readonly property: Property | undefined;
  readonly publicBaseUrl: string;
}

function linkFor(link: CalendarLink, { key, property, publicBaseUrl }: Shown): LinkAnswer {
  return {
    id: link.id,
    name: link.name,
    property: link.property_id,
    unit: unitNumber(property, link.unit_id),
    url: `${publicBaseUrl}/calendars/${openToken(key, link)}.ics`,
    created_at: link.created_at,
    rotated_at: link.rotated_at,
  };
}

/** A page of the addresses, of one property if so asked. */
export async function listLinks(deps: CalendarDeps, query: LinksQuery): Promise<NumberedPage<LinkAnswer>> {
  const [links, properties, key] = await Promise.all([
    new CalendarLinkRepository(deps.scope).list(),
    propertiesOf(deps),
    deps.key(),
  ]);
  const wanted = links.filter(({ property_id }) => query.property === undefined || property_id === query.property);
  const page = pageOf(
    orderRows(wanted, query.ordering, ({ created_at }) => created_at),
    query,
  );
  const shown = (link: CalendarLink) =>
    linkFor(link, { key, property: properties.get(link.property_id), publicBaseUrl: deps.publicBaseUrl });
  return { ...page, results: page.results.map(shown) };
}

/** Makes an address for the calendar of a unit. @throws AppError `invalid` for a unit that is not there */
export async function createLink(deps: CalendarDeps, body: LinkBody): Promise<LinkAnswer> {
  const { property, unitId } = await dwellingOf(deps, body);
  const key = await deps.key();
  const id = deps.ulid('lnk', deps.now);
  const link: CalendarLink = {
    id,
    name: body.name ?? '',
    property_id: property.id,
    unit_id: unitId,
    created_at: toUtcIso(deps.now),
    created_by: deps.actor.userId,
    rotated_at: null,
    ...newAddress(key, id),
  };
  await commit(deps, 'crear', link, new CalendarLinkRepository(deps.scope).additionOf(link));
  return linkFor(link, { key, property, publicBaseUrl: deps.publicBaseUrl });
}

function newAddress(key: DataKey, id: string): Pick<CalendarLink, 'digest' | 'sealed'> {
  const token = newCalendarToken();
  return { digest: digestOfToken(token), sealed: sealToken(key, id, token) };
}

/** Gives a calendar another address; the old one ends at once. @throws AppError `not_found` */
export async function rotateLink(deps: CalendarDeps, id: string): Promise<LinkAnswer> {
  const seen = await foundLink(deps, id);
  const key = await deps.key();
  const link = { ...seen, ...newAddress(key, id), rotated_at: toUtcIso(deps.now) };
  await commit(deps, 'rotar', link, new CalendarLinkRepository(deps.scope).rotationOf(seen, link));
  const { property } = await new PropertyRepository(deps.scope).findAnyWithZone(link.property_id);
  return linkFor(link, { key, property, publicBaseUrl: deps.publicBaseUrl });
}

/** Takes an address back. @throws AppError `not_found` */
export async function deleteLink(deps: CalendarDeps, id: string): Promise<undefined> {
  const seen = await foundLink(deps, id);
  await commit(deps, 'borrar', seen, new CalendarLinkRepository(deps.scope).removalOf(seen));
}

async function foundLink({ scope }: CalendarDeps, id: string): Promise<CalendarLink> {
  const found = await new CalendarLinkRepository(scope).find(id);
  if (found === undefined) throw notFound();
  return found;
}

/** @throws AppError `not_found` when somebody else has just rotated it or taken it back */
async function commit(
  deps: CalendarDeps,
  verb: 'crear' | 'rotar' | 'borrar',
  link: CalendarLink,
  writes: readonly Write[],
): Promise<void> {
  const cambios = { propiedad: link.property_id, unidad: link.unit_id };
  const fact = { accion: `enlace_calendario.${verb}`, entidad: 'enlace_calendario', entidad_id: link.id, cambios };
  try {
    await new AuditTrail(deps.scope).commit(auditOrigin(deps), fact, writes);
  } catch (thrown) {
    if (thrown instanceof TransactionRefused) throw notFound();
    throw thrown;
  }
}
