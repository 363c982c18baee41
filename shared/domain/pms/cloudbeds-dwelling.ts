import * as z from 'zod';
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

/** `integrations.md` §1.4.6; without details the property's address is left open. */
export function cloudbedsApartment(
  { roomID, roomName, maxGuests }: Room,
  property: {
    readonly hotel: Hotel | undefined;
    readonly hasOneRoom: boolean;
    readonly details?: HotelDetails | undefined;
  },
): PmsApartment {
  const { hotel, hasOneRoom, details } = property;
  const address = details?.propertyAddress;
  return {
    id_externo: roomID,
    nombre: joined(' – ', hotel?.propertyName ?? null, hasOneRoom && hotel?.propertyName ? null : roomName) ?? roomID,
    direccion: joined(', ', address?.propertyAddress1 ?? null, address?.propertyAddress2 ?? null),
    ciudad: address?.propertyCity ?? null,
    capacidad: maxGuests,
    detallado: details !== undefined,
  };
}
