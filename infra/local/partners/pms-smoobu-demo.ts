import { dayAfter } from './paged.ts';

/** What the demo account holds: three dwellings, and guests who arrive today, tomorrow and the day after. */
export function smoobuDemo(now: Date) {
  const dwelling = (id: number, name: string, street: string) => ({
    id,
    name,
    detail: { location: { street, city: 'Valencia' } },
  });
  const stay = (id: number, from: number, guest: object) => ({
    id,
    arrival: dayAfter(now, from),
    departure: dayAfter(now, from + 3),
    ...guest,
  });
  const patio = { apartment: { id: 210_046, name: 'Bajo Jardín' } };
  return {
    apartments: [
      dwelling(210_045, 'Ático Ribera', 'Calle Ficticia 8, 3º'),
      dwelling(210_046, 'Bajo Jardín', 'Calle Inventada 2, bajo'),
      dwelling(210_047, 'Estudio Mirador', 'Plaza Imaginaria 5, 6º'),
    ],
    reservations: [
      stay(98_120_455, 0, { firstname: 'Inés', lastname: 'Robledo', phone: '+34 600 111 222', 'check-in': '22:30' }),
      stay(98_120_456, 1, { firstname: 'Jonas', lastname: 'Falk', language: 'de', ...patio }),
      stay(98_120_457, 2, { firstname: 'Chiara', lastname: 'Neri', language: 'it', type: 'cancellation' }),
    ],
  };
}
