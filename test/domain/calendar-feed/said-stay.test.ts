import { describe, expect, it } from 'vitest';
import { channelOfFeed } from '../../../shared/domain/calendar-feed/feed-channel.ts';
import { readSaid } from '../../../shared/domain/calendar-feed/said-stay.ts';
import { readCalendar } from '../../../shared/platform/icalendar/read-calendar.ts';
import { calendarText, type GivenEvent } from '../../support/given-calendars.ts';

const DATES = { from: '2026-12-04', until: '2026-12-08' };

function said(channel: 'airbnb' | 'booking' | 'vrbo', ...events: readonly GivenEvent[]) {
  const calendar = readCalendar(calendarText(channel, events));
  if (calendar.kind === 'problem') throw new Error(calendar.problem);
  const place = { host: '', zone: 'Europe/Madrid', today: '2026-11-21', ownUids: '@calendar.stay-ops' };
  return readSaid(calendar, place);
}

describe('the channel of a feed', () => {
  it.each([
    ['www.airbnb.es', '', '', 'airbnb'],
    ['ical.booking.com', '', '', 'booking'],
    ['www.vrbo.com', '', '', 'vrbo'],
    ['www.abritel.fr', '', '', 'vrbo'],
    ['cdn.example.com', '-//HomeAway.com, Inc.//EN', '', 'vrbo'],
    ['cdn.example.com', '', '0a@booking.com', 'booking'],
    ['notairbnb-example.com', '', '', 'other'],
  ])('%s %s %s', (host, producer, uid, channel) => {
    expect(channelOfFeed({ host, producer, uid })).toBe(channel);
  });
});

describe('Airbnb', () => {
  const description =
    'Reservation URL: https://www.airbnb.com/hosting/reservations/details/HMDEMO0001\\nPhone Number (Last 4 Digits): 1234';

  it('tells bookings by their words and their address, which has the code', () => {
    const { stays, blocks } = said(
      'airbnb',
      { uid: '1418fb94e984-0@airbnb.com', ...DATES, description },
      { uid: '7f662ec65913-0@airbnb.com', from: '2027-08-20', until: '2027-11-22', summary: 'Airbnb (Not available)' },
    );
    expect(blocks).toBe(1);
    expect(stays).toMatchObject([
      {
        code: 'HMDEMO0001',
        phone_last4: '1234',
        check_in: '2026-12-04',
        check_out: '2026-12-08',
        status: 'confirmed',
        needs_review: false,
        reservation_url: 'https://www.airbnb.com/hosting/reservations/details/HMDEMO0001',
      },
    ]);
  });

  it('and the older form of the address', () => {
    const old = 'https://www.airbnb.com/reservation/itinerary?code=HMOLD00001';
    expect(said('airbnb', { uid: 'a', ...DATES, description: old }).stays[0]?.code).toBe('HMOLD00001');
  });
});

describe('Booking.com', () => {
  const closed = { uid: '0@booking.com', ...DATES, summary: 'CLOSED - Not available' };

  it('writes bookings as it writes blocks, so somebody has to look', () => {
    expect(said('booking', closed).stays).toMatchObject([{ guest_name: null, needs_review: true }]);
  });

  it('closes more than sixty nights, or up to the end of what it opens', () => {
    const horizon = { ...closed, uid: '1', from: '2027-11-10', until: '2027-11-22' };
    const long = { ...closed, uid: '2', from: '2027-01-01', until: '2027-03-03' };
    expect(said('booking', closed, long, horizon)).toMatchObject({ stays: [{ uid: '0@booking.com' }], blocks: 2 });
  });

  it('once told the guest', () => {
    const stay = said('booking', { ...closed, summary: 'CLOSED - Mirela Popa' }).stays[0];
    expect(stay).toMatchObject({ guest_name: 'Mirela Popa', needs_review: false });
  });
});

describe('Vrbo', () => {
  it.each([
    ['Reserved - Mirela', 'Mirela'],
    ['Réservée - Zoë', 'Zoë'],
  ])('tells the first name in any language: %s', (summary, name) => {
    expect(said('vrbo', { uid: 'u', ...DATES, summary }).stays[0]?.guest_name).toBe(name);
  });

  it.each(['Blocked', 'Indisponible', 'Sarah J.'])('%s is a block', (summary) => {
    expect(said('vrbo', { uid: 'u', ...DATES, summary })).toMatchObject({ stays: [], blocks: 1 });
  });

  it('tells what is asked for and what is cancelled', () => {
    const summary = 'Reserved - Ana';
    const { stays } = said(
      'vrbo',
      { uid: '1', ...DATES, summary, status: 'TENTATIVE' },
      { uid: '2', ...DATES, summary, status: 'CANCELLED' },
    );
    expect(stays.map(({ status }) => status)).toEqual(['pending', 'cancelled']);
  });
});

describe('any feed', () => {
  it('has each uid once, the last one, and counts the rest', () => {
    const again = { uid: 'u', from: '2026-12-05', until: '2026-12-09' };
    expect(said('airbnb', { uid: 'u', ...DATES }, again)).toMatchObject({
      stays: [{ check_in: '2026-12-05' }],
      ignored: 1,
    });
  });

  it('brings back nothing that we wrote, and no stay without a night', () => {
    const empty = { uid: 'e', from: '2026-12-04', until: '2026-12-04' };
    expect(said('airbnb', { uid: 'x@calendar.stay-ops', ...DATES }, empty)).toMatchObject({ stays: [], ignored: 2 });
  });
});
