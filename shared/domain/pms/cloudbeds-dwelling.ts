import * as z from 'zod';
import { type Details, detailOf } from './apartment-details.ts';
import type { PmsApartment } from './pms-client.ts';
import { joined, wireCount, wireId, wireText } from './wire-values.ts';

/** A row of `getHotels`. */
export const hotelRow = z.object({ propertyID: wireId, propertyName: wireText });
export type Hotel = z.output<typeof hotelRow>;

/** What `getHotelDetails` adds. */
export const hotelDetails = z.object({
  propertyAddress: z
    .object({ propertyAddress1: wireText, propertyAddress2: wireText, propertyCity: wireText })
    .nullish()
    .catch(null),
});
export type HotelDetails = z.output<typeof hotelDetails>;

const room = z.object({ roomID: wireId, roomName: wireText, maxGuests: wireCount, isVirtual: z.unknown() });

/** A group of `getRooms`: the rooms of one property that stand on the page. */
export const roomGroup = z.object({ propertyID: wireId, rooms: z.array(room) });

/** A room with its property. */
export type Room = z.output<typeof room> & { readonly propertyID: string };

export function roomsOf(groups: readonly z.output<typeof roomGroup>[]): readonly Room[] {
  return groups.flatMap(({ propertyID, rooms }) => rooms.map((one) => ({ ...one, propertyID })));
}

/** A virtual room stands for several others and is no dwelling. */
export function isDwelling({ isVirtual }: Room): boolean {
  return isVirtual !== true && isVirtual !== 1 && isVirtual !== '1';
}

/** What is known of a room's property. */
export interface RoomProperty {
  readonly hotel: Hotel | undefined;
  readonly hasOneRoom: boolean;
  readonly details: Details<HotelDetails>;
}

/** `integrations.md` §1.4.6. */
export function cloudbedsApartment(room: Room, { hotel, hasOneRoom, details }: RoomProperty): PmsApartment {
  const [found, detalle] = detailOf(details, room.propertyID);
  const address = found?.propertyAddress;
  const property = hotel?.propertyName ?? null;
  return {
    id_externo: room.roomID,
    nombre: joined(' – ', property, hasOneRoom && property !== null ? null : room.roomName) ?? room.roomID,
    direccion: joined(', ', address?.propertyAddress1 ?? null, address?.propertyAddress2 ?? null),
    ciudad: address?.propertyCity ?? null,
    capacidad: room.maxGuests,
    detalle,
  };
}
