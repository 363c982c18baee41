import * as z from 'zod';
import type { PmsApartment } from './pms-client.ts';
import { joined, wireCount, wireId, wireText } from './wire-values.ts';

const unit = z.object({ id: wireId, name: wireText });
const roomType = z.object({
  id: wireId,
  name: wireText,
  qty: wireCount,
  maxPeople: wireCount,
  units: z.array(unit).nullish().catch(null),
});

/** A property with its rooms (`integrations.md` §1.2.3). */
export const beds24Property = z.object({
  id: wireId,
  name: wireText,
  address: wireText,
  city: wireText,
  roomTypes: z.array(roomType),
});
type Beds24Property = z.output<typeof beds24Property>;
type RoomType = Beds24Property['roomTypes'][number];

/** A dwelling with the room and, where a room is several dwellings, the unit that bookings name. */
export interface Dwelling {
  readonly roomId: string;
  readonly unitId: string | null;
  readonly apartment: PmsApartment;
}

/** One dwelling for each room, or for each unit of a room that there is more than one of (`integrations.md` §1.2.7). */
export function dwellingsOf(property: Beds24Property): readonly Dwelling[] {
  const isOnlyRoom = property.roomTypes.length === 1;
  return property.roomTypes.flatMap((room) => {
    const name = joined(' – ', property.name, isOnlyRoom ? null : room.name);
    const quantity = room.qty ?? 1;
    if (quantity <= 1) return [dwelling(property, room, { id: room.id, name, unitId: null })];
    const units = room.units?.length ? room.units : numbered(quantity);
    return units.map((one) =>
      dwelling(property, room, {
        id: `${room.id}-${one.id}`,
        name: joined(' – ', name, one.name ?? one.id),
        unitId: one.id,
      }),
    );
  });
}

function numbered(quantity: number): readonly z.output<typeof unit>[] {
  return Array.from({ length: quantity }, (_, at) => ({ id: String(at + 1), name: null }));
}

interface Naming {
  readonly id: string;
  readonly name: string | null;
  readonly unitId: string | null;
}

function dwelling({ address, city }: Beds24Property, room: RoomType, { id, name, unitId }: Naming): Dwelling {
  const apartment = {
    id_externo: id,
    nombre: name ?? id,
    direccion: address,
    ciudad: city,
    capacidad: room.maxPeople,
    detalle: 'leido',
  } as const;
  return { roomId: room.id, unitId, apartment };
}

/** The dwelling of a booking; of a room with several units none until a unit is assigned. */
export function dwellingOf(
  booking: { readonly roomId: string | null; readonly unitId: string | null },
  known: readonly Dwelling[],
): PmsApartment | undefined {
  const ofRoom = known.filter(({ roomId }) => roomId === booking.roomId);
  return ofRoom.find(({ unitId }) => unitId === null || unitId === booking.unitId)?.apartment;
}
