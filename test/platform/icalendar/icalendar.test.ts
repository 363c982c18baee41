import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { dayAt, later, readDuration } from '../../../shared/platform/icalendar/calendar-moment.ts';
import { contentLines, escapedText, foldedLine, plainText } from '../../../shared/platform/icalendar/content-line.ts';
import { type ReadCalendar, readCalendar } from '../../../shared/platform/icalendar/read-calendar.ts';
import { writeCalendar } from '../../../shared/platform/icalendar/write-calendar.ts';

function calendar(...events: readonly string[]): string {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', event, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', 'PRODID:-//x\\, b.v.//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

function read(text: string): ReadCalendar {
  const found = readCalendar(text);
  if (found.kind === 'problem') throw new Error(found.problem);
  return found;
}

const days = (text: string) =>
  read(text).events.map(({ start, end }) => [dayAt(start, 'Europe/Madrid'), dayAt(end, 'Europe/Madrid')]);

describe('reading what calendars of the field look like', () => {
  const event = 'UID:a\r\nDTSTART;VALUE=DATE:20261204\r\nDTEND;VALUE=DATE:20261208';

  it.each([
    ['CRLF', calendar(event)],
    ['bare LF', calendar(event).replaceAll('\r\n', '\n')],
    ['a byte order mark', `\uFEFF${calendar(event)}`],
    ['folding within a name', calendar(event).replace('DTSTART', 'DTS\r\n TART')],
    ['folding by a tab', calendar(event).replace('20261208', '202612\r\n\t08')],
    ['a line that is none', calendar(`${event}\r\nthis is no line`)],
    ['a day and a duration', calendar('UID:a\nDTSTART;VALUE=DATE:20261204\nDURATION:P4D')],
  ])('%s', (_, text) => {
    expect(days(text)).toEqual([['2026-12-04', '2026-12-08']]);
  });

  it('unfolds before it reads, so that an address cut in two is whole again', () => {
    const text = calendar(`${event}\r\nDESCRIPTION:Reservation URL: https://x.test/de\r\n tails/HM1\\nPhone\\, 12`);
    expect(read(text).events[0]?.description).toBe('Reservation URL: https://x.test/details/HM1\nPhone, 12');
  });

  it('a day without an end is one day, and an instant without one is no stay', () => {
    expect(days(calendar('UID:a\nDTSTART;VALUE=DATE:20261204'))).toEqual([['2026-12-04', '2026-12-05']]);
    expect(read(calendar('UID:a\nDTSTART:20261204T150000Z')).unusable).toBe(1);
  });

  it('reads hours on the clocks of the place: UTC, a named zone, floating, and a zone of nobody', () => {
    const dayOf = (start: string) => days(calendar(`UID:a\n${start}\nDTEND:20261210T100000`))[0]?.[0];
    expect(dayOf('DTSTART:20261204T233000Z')).toBe('2026-12-05');
    expect(dayOf('DTSTART;TZID=America/New_York:20261204T200000')).toBe('2026-12-05');
    expect(dayOf('DTSTART:20261204T233000')).toBe('2026-12-04');
    expect(dayOf('DTSTART;TZID="W. Europe Standard Time":20261204T233000')).toBe('2026-12-04');
  });

  it('takes the rules of a time zone for no event, and no alarm for its event', () => {
    const zone =
      'BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE';
    const alarm = `${event}\nBEGIN:VALARM\nUID:alarm\nDESCRIPTION:ring\nEND:VALARM`;
    const text = calendar(alarm).replace('BEGIN:VEVENT', `${zone}\nBEGIN:VEVENT`);
    expect(read(text)).toMatchObject({ unusable: 0, events: [{ uid: 'a', description: '' }] });
  });

  it('counts what it cannot use: events that recur, without uid, without a day that exists', () => {
    const broken = [
      `${event}\nRRULE:FREQ=DAILY`,
      event.replace('UID:a\r\n', ''),
      event.replace('20261204', '20260230'),
    ];
    expect(read(calendar(...broken, event))).toMatchObject({ unusable: 3, events: [{ uid: 'a' }] });
  });

  it('tells a text that is none from one that was cut off', () => {
    expect(readCalendar('<html>Log in</html>')).toEqual({ kind: 'problem', problem: 'not_a_calendar' });
    expect(readCalendar('')).toEqual({ kind: 'problem', problem: 'not_a_calendar' });
    expect(readCalendar(calendar(event).slice(0, -12))).toEqual({ kind: 'problem', problem: 'cut_off' });
  });

  it('refuses more events than any listing has', () => {
    const many = calendar(...Array.from({ length: 5_001 }, () => event));
    expect(readCalendar(many)).toEqual({ kind: 'problem', problem: 'too_many_events' });
  });
});

describe('durations', () => {
  it.each([
    ['P4D', { days: 4, minutes: 0 }],
    ['P1W', { days: 7, minutes: 0 }],
    ['P1DT2H30M', { days: 1, minutes: 150 }],
  ])('%s', (text, expected) => expect(readDuration(text)).toEqual(expected));

  it('carry hours over into days', () => {
    const moment = { date: '2026-12-31', time: '23:00' };
    expect(later(moment, { days: 0, minutes: 150 })).toEqual({ date: '2027-01-01', time: '01:30' });
  });
});

describe('texts and lines', () => {
  it('come back as they were', () => {
    const text = 'Casa; "del" mar, \\ planta\n2ª';
    expect(plainText(escapedText(text))).toBe(text);
  });

  it('fold after 75 octets, never within a character, and unfold to the same', () => {
    const line = `SUMMARY:${'ñandú 🏠 '.repeat(30)}`;
    const folded = foldedLine(line);
    for (const piece of folded.split('\r\n')) {
      expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(75);
      expect(piece).not.toContain('\uFFFD');
    }
    expect(contentLines(folded)[0]?.value).toBe(line.slice('SUMMARY:'.length));
  });
});

describe('what we write', () => {
  const written = writeCalendar({
    producer: '-//Stay Ops//Calendar 1.0//EN',
    name: `Ático, "${'muy '.repeat(20)}largo"; 2ª planta`,
    events: [
      {
        uid: 'abc@calendar.stay-ops',
        stamp: new Date('2026-11-21T09:30:00.123Z'),
        from: '2026-12-04',
        until: '2026-12-08',
        summary: 'Reserved',
      },
    ],
  });

  it('is what another implementation reads', () => {
    const parsed = new ICAL.Component(ICAL.parse(written));
    const event = new ICAL.Event(parsed.getFirstSubcomponent('vevent') ?? undefined);
    expect(parsed.getFirstPropertyValue('x-wr-calname')).toContain('"; 2ª planta'.slice(1));
    expect([event.uid, event.summary]).toEqual(['abc@calendar.stay-ops', 'Reserved']);
    expect([event.startDate.isDate, String(event.startDate), String(event.endDate)]).toEqual([
      true,
      '2026-12-04',
      '2026-12-08',
    ]);
  });

  it('has the stamp of the change, CRLF alone, and is the same for the same events', () => {
    expect(written).toContain('\r\nDTSTAMP:20261121T093000Z\r\n');
    expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(days(written)).toEqual([['2026-12-04', '2026-12-08']]);
  });
});
