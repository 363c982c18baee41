import type { Company } from '../../../shared/domain/company/company.ts';
import { DEFAULT_ZONE } from '../../../shared/domain/company/company.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { type NumberedPage, orderRows, pageOf, pageWindow } from '../../../shared/platform/http/numbered-list.ts';
import type { PropertiesQuery, PropertyOrder, PropertyRow, SearchAnswer, SearchQuery } from '../schemas.ts';
import { shownProperty } from './show-property.ts';

interface Deps {
  readonly properties: { list(): Promise<readonly Property[]> };
  readonly company: { find(): Promise<Company | undefined> };
}

function mentions({ name, address }: Property, text: string | undefined): boolean {
  const wanted = text?.toLowerCase() ?? '';
  return name.toLowerCase().includes(wanted) || address.toLowerCase().includes(wanted);
}

function sortValue(property: Property, key: PropertyOrder): string | number {
  return property[key];
}

/** A page of the properties (S14). @throws AppError `not_found` for a page that does not exist */
export async function listProperties(
  { properties, company }: Deps,
  query: PropertiesQuery,
): Promise<NumberedPage<PropertyRow>> {
  const [all, owner] = await Promise.all([properties.list(), company.find()]);
  const zone = owner?.zona_horaria ?? DEFAULT_ZONE;
  const type = query.property_type?.toLowerCase();
  const fitting = all
    .filter((property) => type === undefined || property.property_type === type)
    .filter((property) => mentions(property, query.search));
  const page = pageOf(orderRows(fitting, query.ordering, sortValue), query);
  return { ...page, results: page.results.map((property) => shownProperty(property, zone)) };
}

/** Properties for a field that completes itself (C38). @throws AppError `not_found` for a page that does not exist */
export async function searchProperties(
  { properties }: Pick<Deps, 'properties'>,
  query: SearchQuery,
): Promise<SearchAnswer> {
  const fitting = (await properties.list()).filter((property) => mentions(property, query.q));
  const ordered = orderRows(fitting, [{ key: 'name', descending: false }], sortValue);
  const { page, offset, size } = pageWindow(query, ordered.length);
  const results = ordered.slice(offset, offset + size).map(({ id, name, address }) => {
    return { id, name, display: address === '' ? name : `${name} (${address})` };
  });
  return { results, has_more: offset + size < ordered.length, total: ordered.length, page, page_size: size };
}
