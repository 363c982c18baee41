import { expect, it } from 'vitest';
import { arrivalView, toArrivalView } from '../../../shared/domain/arrival/arrival-view.ts';
import { arrivalsOnDate } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { anApartment, aReservation } from './given.ts';

const viewOf = (facts: Parameters<typeof aReservation>[0]) => {
  const configuration = { cutoff: '20:00', catalogue: [anApartment({ id_pms: '4' })] };
  return arrivalsOnDate([aReservation(facts)], configuration, '2026-06-03').arrivals.map(toArrivalView)[0];
};

it('an arrival is shown as the clients know it', () => {
  const view = viewOf({
    apartment_id_externo: '4',
    guest_name: 'Ana García',
    guest_first_name: 'Ana',
    guest_last_name: 'García',
    phone: '+34600111222',
    arrival_time: '00:30',
  });
  expect(view).toEqual({
    nombre: 'García, Ana',
    apartamento: 'Atlántico Azul',
    email: null,
    telefono: '+34600111222',
    checkin: '2026-06-03',
    checkout: '2026-06-06',
    hora_llegada: '00:30',
    direccion: 'Plaza de Gadir, 111',
    tardio: true,
    estado_llegada: 'tardia',
  });
});

it('everything but the name may be unknown', () => {
  const view = viewOf({ guest_name: null, apartment_name: null, check_out: null });
  expect(arrivalView.parse(view)).toEqual({
    nombre: 'Sin nombre',
    apartamento: null,
    email: null,
    telefono: null,
    checkin: '2026-06-03',
    checkout: null,
    hora_llegada: null,
    direccion: null,
    tardio: false,
    estado_llegada: 'desconocida',
  });
});
