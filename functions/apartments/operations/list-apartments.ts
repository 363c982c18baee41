import { apartmentKey } from '../../../shared/domain/apartment/apartment.keys.ts';
import { type ApartmentRepository, byName } from '../../../shared/domain/apartment/apartment.repository.ts';
import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { decodeCursor, encodeCursor } from '../../../shared/platform/dynamo/cursor.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { ApartamentosQuery } from '../schemas.ts';

interface Deps {
  readonly apartments: Pick<ApartmentRepository, 'list'>;
}

const USUAL_PAGE = 50;

/**
 * Active apartments by name. The whole catalogue is read whatever is asked: it is one request up to a thousand rows,
 * and neither the order of Spanish names nor a search inside of them is to be had from an index.
 * @throws AppError `invalid` for a cursor that no list gave out
 */
export async function listApartments({ apartments }: Deps, query: ApartamentosQuery) {
  const found = (await apartments.list()).filter((row) => row.activo && matches(row, query));
  if (query.limite === undefined && query.cursor === undefined) return ok({ apartamentos: found });
  const after = query.cursor === undefined ? undefined : placeOf(query.cursor);
  const rest = after === undefined ? found : found.filter((row) => byName(row, after) > 0);
  const page = rest.slice(0, query.limite ?? USUAL_PAGE);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  return ok({ apartamentos: page, siguiente: last === undefined ? null : cursorOf(last) });
}

/** A place in the order, not a row: the list goes on from it though the row has gone. */
function cursorOf({ id, nombre, empresa_id }: Apartment): string | null {
  return encodeCursor({ sk: apartmentKey(empresa_id, id).sk, gsi1sk: nombre });
}

function placeOf(cursor: string): Pick<Apartment, 'id' | 'nombre'> {
  const { sk, gsi1sk } = decodeCursor(cursor, {}, ['sk', 'gsi1sk']);
  return { id: String(sk ?? '').slice('APARTMENT#'.length), nombre: String(gsi1sk ?? '') };
}

function matches(row: Apartment, { texto = '', ciudad = '' }: ApartamentosQuery): boolean {
  if (ciudad !== '' && folded(row.ciudad) !== folded(ciudad)) return false;
  const words = folded(texto).split(' ');
  const { nombre, direccion, ciudad: city, id_externo, id_pms, numero_registro } = row;
  const text = [nombre, direccion, city, id_externo, id_pms, numero_registro].map(folded).join('\n');
  return words.every((word) => text.includes(word));
}

/** As people type: without accents, in any case, with any spaces. */
function folded(text: string | null): string {
  return (text ?? '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
}
