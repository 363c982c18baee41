import { describe, expect, it } from 'vitest';
import {
  digestCard,
  digestMail,
  lateArrivalMessage,
} from '../../../functions/late-checkin/operations/compose-digest.ts';
import { arrivalsOnDate } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { createReservation } from '../../../shared/domain/reservation/reservation.ts';
import { discordMessage } from '../../../shared/platform/discord/discord-message.ts';

const company = { nombre: 'Casas del Sur', email: 'ops@example.com' } as Company;
const day = '2026-06-03';

function arrivals(...guests: readonly (readonly [name: string, hour: string, apartment: string | null])[]) {
  const reservations = guests.map(([guest_name, arrival_time, apartment_name], at) =>
    createReservation({
      source: 'arrivals_file',
      id_externo: `r${at}`,
      status: 'confirmed',
      guest_name,
      arrival_time,
      apartment_name,
      check_in: day,
    }),
  );
  return arrivalsOnDate(reservations, { cutoff: '20:00', catalogue: [] }, day).arrivals;
}

describe('the in-app line', () => {
  it('names apartment and hour, never the guest', () => {
    const [known, unknown] = arrivals(['Ana Ruiz', '21:00', 'Casa'], ['Eva Sanz', '22:00', null]);
    expect(known && lateArrivalMessage(known)).toBe('Llegada tardía en Casa a las 21:00');
    expect(unknown && lateArrivalMessage(unknown)).toBe('Llegada tardía en un apartamento sin identificar a las 22:00');
  });
});

describe('the digest', () => {
  const content = (template: string | undefined, list = arrivals(['Ana Ruiz', '21:00', 'Casa'])) =>
    digestMail({ company, serviceDay: day, arrivals: list, template });

  it('goes to the company and says how many arrive late on which day', () => {
    expect(content(undefined)).toMatchObject({
      to: 'ops@example.com',
      subject: '1 llegada tardía · 3 de junio de 2026 · Casas del Sur',
    });
    const two = content(undefined, arrivals(['Ana', '21:00', 'Casa'], ['Eva', '22:00', 'Piso']));
    expect(two.subject).toMatch(/^2 llegadas tardías · /);
  });

  it("fills the company's own words and says which values were missing or unknown", () => {
    const { text } = content('{NOMBRE}, {TELEFONO}, {CLAVE}');
    expect(text).toBe(
      'Ana Ruiz, —, {CLAVE}\n\n---\n\nSin dato para: TELEFONO. Marcadores que la plantilla usa y no existen: CLAVE.\n',
    );
    expect(content('{NOMBRE}').text).toBe('Ana Ruiz\n');
  });

  it('never grows beyond what the outbox holds, and says how many arrivals it leaves out', () => {
    const many = arrivals(...Array.from({ length: 40 }, (_, at) => [`Ana ${at}`, '21:00', `Casa ${at}`] as const));
    const { subject, text } = content(`{NOMBRE} ${'x'.repeat(19_900)}`, many);
    expect(subject).toMatch(/^40 llegadas tardías/);
    expect(text.match(/^Ana \d+/gm)).toHaveLength(3);
    expect(text).toContain('Y 37 llegadas más, sin texto aquí');
    const [one] = arrivals(['Ana', '21:00', 'Casa '.repeat(10_000)]);
    expect(content('{APARTAMENTO} {APARTAMENTO}', one && [one]).text.length).toBeLessThan(61_000);
  });
});

describe('the card of a channel', () => {
  const now = new Date('2026-06-03T10:00:00Z');

  it('names apartments and hours, never a guest', () => {
    const list = arrivals(['Ana Ruiz', '21:00', 'Casa *A*'], ['Eva Sanz', '22:00', null]);
    expect(digestCard(list, day, now)).toEqual({
      title: '2 llegadas tardías · 3 de junio de 2026',
      color: 0xfe_e7_5c,
      description: '**21:00** · Casa \\*A\\*\n**22:00** · un apartamento sin identificar',
      fields: [],
      footer: 'Stay Sidekick · Llegadas tardías',
      timestamp: '2026-06-03T10:00:00.000Z',
    });
  });

  it('stays within what Discord takes, and says how many it leaves out', () => {
    const many = arrivals(
      ...Array.from({ length: 90 }, (_, at) => ['G', '21:00', `${at} ${'*'.repeat(120)}`] as const),
    );
    const card = discordMessage.parse(digestCard(many, day, now));
    const [last, ...lines] = card.description.split('\n').reverse();
    expect(last).toBe(`Y ${90 - lines.length} más.`);
    expect(lines.length).toBeGreaterThan(10);
    const [endless] = [digestCard(arrivals(['G', '21:00', 'x'.repeat(5_000)]), day, now)];
    expect(discordMessage.parse(endless).description).toBe('Y 1 más.');
  });
});
