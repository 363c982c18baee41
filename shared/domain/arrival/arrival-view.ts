import * as z from 'zod';
import { filingName } from '../reservation/reservation.ts';
import { arrivalState } from './arrival.ts';
import type { Arrival } from './arrivals-of-day.ts';

/** The arrival object of `stay-sidekick.md` §4.8 with the state of ruling 10. */
export const arrivalView = z.object({
  nombre: z.string(),
  apartamento: z.string().nullable(),
  email: z.string().nullable(),
  telefono: z.string().nullable(),
  checkin: z.string().nullable(),
  checkout: z.string().nullable(),
  hora_llegada: z.string().nullable(),
  direccion: z.string().nullable(),
  tardio: z.boolean(),
  estado_llegada: arrivalState,
});
export type ArrivalView = z.output<typeof arrivalView>;

/** Shown where a source lacks the name, which the clients require. */
export const UNNAMED_GUEST = 'Sin nombre';

/** An arrival as the clients know it. */
export function toArrivalView({ reservation, apartment, tardio, estado_llegada }: Arrival): ArrivalView {
  return {
    nombre: filingName(reservation) ?? UNNAMED_GUEST,
    apartamento: apartment.nombre,
    email: reservation.email,
    telefono: reservation.phone,
    checkin: reservation.check_in,
    checkout: reservation.check_out,
    hora_llegada: reservation.arrival_time,
    direccion: apartment.direccion,
    tardio,
    estado_llegada,
  };
}
