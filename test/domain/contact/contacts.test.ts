import { describe, expect, it } from 'vitest';
import { type Contact, type GuestStay, groupContacts } from '../../../shared/domain/contact/contact.ts';
import { contactName } from '../../../shared/domain/contact/contact-name.ts';
import { contactsCsv } from '../../../shared/domain/contact/contacts-csv.ts';
import { comparablePhone, usablePhone } from '../../../shared/domain/contact/phone.ts';
import { DATE_FORMATS, DEFAULT_CONTACT_PREFERENCES } from '../../../shared/domain/contact/preferences.ts';
import { staysOfReservations } from '../../../shared/domain/contact/reservation-stays.ts';
import { createReservation } from '../../../shared/domain/reservation/reservation.ts';

const stay = (wanted: Partial<GuestStay>): GuestStay => ({
  name: 'Ana',
  phone: '600111222',
  checkIn: null,
  apartments: [],
  ...wanted,
});
const contact = (wanted: Partial<Contact>): Contact => ({ ...stay({}), phone: '600111222', ...wanted });

describe('a phone', () => {
  it.each(['', '+', '0', '+0034600111222', '12345', '  1234 ', null])('%j is not usable', (text) => {
    expect(usablePhone(text)).toBeNull();
  });

  it('is kept as the source writes it, trimmed', () => {
    expect(usablePhone(' 600 11-12-22 ')).toBe('600 11-12-22');
  });

  it('is the same number however it is spelled (D-27)', () => {
    const spellings = ['600111222', '600 11 12 22', '+34 600 111 222', '0034600111222', '+34-600-111-222'];
    expect(new Set(spellings.map(comparablePhone))).toEqual(new Set(['+34600111222']));
  });

  it('of another country is not one of this country', () => {
    expect(comparablePhone('+33612345678')).toBe('+33612345678');
    expect(comparablePhone('+33 6 12 34 56 78')).toBe('+33612345678');
  });

  it('that is no number of any country still equals itself', () => {
    expect(comparablePhone('999 (999) 999999999')).toBe(comparablePhone('999999999999999'));
  });

  it('without a digit equals nobody else', () => {
    expect(comparablePhone('no tiene')).toBe(comparablePhone(' No tiene'));
    expect(comparablePhone('no tiene')).not.toBe(comparablePhone('pendiente'));
  });
});

describe('contacts of stays', () => {
  it('are one for each guest and phone, in order of first appearance', async () => {
    const contacts = await groupContacts([
      stay({ name: 'Berta', phone: '600000001' }),
      stay({ name: 'Ana' }),
      stay({ name: ' ana ', checkIn: '2026-06-05' }),
      stay({ name: 'Ana', phone: '600000002' }),
    ]);
    expect(contacts.map(({ name, phone }) => [name, phone])).toEqual([
      ['Berta', '600000001'],
      ['Ana', '600111222'],
      ['Ana', '600000002'],
    ]);
  });

  it('have the earliest known check-in and each apartment once', async () => {
    const [only] = await groupContacts([
      stay({ apartments: ['Sol'] }),
      stay({ checkIn: '2026-07-01', apartments: ['Mar', 'Sol'] }),
      stay({ checkIn: '2026-06-03', apartments: ['Luna'] }),
    ]);
    expect(only).toMatchObject({ checkIn: '2026-06-03', apartments: ['Sol', 'Mar', 'Luna'] });
  });

  it('leave out who cannot be called', async () => {
    expect(await groupContacts([stay({ phone: null }), stay({ phone: '12345' }), stay({ name: '  ' })])).toEqual([]);
  });

  it('of a PMS are filed by surname, and leave out who does not come', () => {
    const reservation = (id: string, status: 'confirmed' | 'cancelled' | 'blocked') =>
      createReservation({
        source: 'pms',
        id_externo: id,
        status,
        guest_first_name: 'Ana',
        guest_last_name: 'Serra',
        phone: '+34600111222',
        check_in: '2026-06-03',
        apartment_name: 'Sol',
      });
    const stays = [
      ...staysOfReservations([
        reservation('1', 'confirmed'),
        reservation('2', 'cancelled'),
        reservation('3', 'blocked'),
      ]),
    ];
    expect(stays).toEqual([{ name: 'Serra, Ana', phone: '+34600111222', checkIn: '2026-06-03', apartments: ['Sol'] }]);
  });
});

describe('the name of a contact', () => {
  const whole = contact({ checkIn: '2026-06-03', apartments: ['Sol', 'Mar'] });
  const named = (changes: object, one = whole) => contactName(one, { ...DEFAULT_CONTACT_PREFERENCES, ...changes });

  it('writes a date in each of the six ways (§6.5)', () => {
    const dates = DATE_FORMATS.map((formato_fecha_salida) => named({ plantilla: '{FECHA}', formato_fecha_salida }));
    expect(dates).toEqual(['260603', '20260603', '03/06/2026', '03/06/26', '06/03/2026', '03-06-2026']);
  });

  it('joins apartments by the separator', () => {
    expect(named({ separador_apt: ' + ' })).toBe('260603 - Sol + Mar - Ana');
  });

  it('leaves the separators of what is unknown', () => {
    expect(named({}, contact({ checkIn: '2026-06-03' }))).toBe('260603 -  - Ana');
    expect(named({}, contact({}))).toBe('-  - Ana');
  });

  it('replaces every occurrence, and nothing inside of what it has put in', () => {
    expect(named({ plantilla: '{NOMBRE} {NOMBRE}' }, contact({ name: '{APT}$&' }))).toBe('{APT}$& {APT}$&');
  });
});

describe('the CSV file', () => {
  const HEADER =
    'Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Notes';
  const file = async (contacts: readonly Contact[], plantilla = '{NOMBRE}') => {
    const pieces: string[] = [];
    for await (const piece of contactsCsv(contacts, { ...DEFAULT_CONTACT_PREFERENCES, plantilla })) pieces.push(piece);
    return pieces.join('');
  };

  it('begins with the mark and holds only the header where there is nobody', async () => {
    expect(await file([])).toBe(`\uFEFF${HEADER}\r\n`);
  });

  it('fills three columns', async () => {
    expect(await file([contact({})])).toBe(`\uFEFF${HEADER}\r\nAna,,,* myContacts,,,,600111222,\r\n`);
  });

  it('quotes where it has to, and nowhere else', async () => {
    const [, line] = (await file([contact({ name: 'Serra, "Ana"' })])).split('\r\n');
    expect(line).toBe('"Serra, ""Ana""",,,* myContacts,,,,600111222,');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', "=cmd|' /C calc'!A0"])('makes %j a text', async (name) => {
    const [, line = ''] = (await file([contact({ name })])).split('\r\n');
    expect(line.startsWith(`'${name}`) || line.startsWith(`"'${name}`)).toBe(true);
  });

  it.each(['Ana\nSerra', 'Ana\rSerra'])('keeps the lines of %j in one cell', async (name) => {
    expect(await file([contact({ name })])).toBe(`\uFEFF${HEADER}\r\n"${name}",,,* myContacts,,,,600111222,\r\n`);
  });

  it.each(['+34600111222', '+34 (0)600-111.222', '-600111222', '+34600111222 ext. 5'])(
    'leaves the phone %j alone',
    async (phone) => expect(await file([contact({ phone })])).toContain(`,${phone},`),
  );

  it.each(['=1+600111', '@SUM(A1)', '+HYPERLINK(A1)', "-cmd|' /C'!A0"])(
    'makes %j in the place of a phone a text',
    async (phone) => expect(await file([contact({ phone })])).toContain(`,'${phone},`),
  );

  it('has one mark and one header however many pieces it comes in', async () => {
    const many = Array.from({ length: 1_201 }, (_, n) => contact({ name: `Guest ${n}` }));
    const text = await file(many);
    expect(text.match(/\uFEFF/g)).toHaveLength(1);
    expect(text.match(/Group Membership/g)).toHaveLength(1);
    expect(text.split('\r\n')).toHaveLength(1_201 + 2);
  });
});
