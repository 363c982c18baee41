import { describe, expect, it } from 'vitest';
import {
  type AutoTaskTemplate,
  dueOf,
  filled,
  MOST_OF_A_BOOKING,
  mostOnOneProperty,
  templatesFor,
  textsOf,
} from '../../../shared/domain/auto-task/auto-task-template.ts';

const AT = '2026-01-01T00:00:00Z';
const template = (wanted: Partial<AutoTaskTemplate> = {}): AutoTaskTemplate => ({
  ...{ id: 1, name: 'Before arrival', is_active: true, task_type: 'cleaning' },
  ...{ title_template: 'Prepare', description_template: '', timing_type: 'before_checkin', timing_offset: 1 },
  ...{ timing_hour: null, properties: [], booking_sources: '', default_assignee: null },
  ...{ default_assignee_username: null, created_by: 1, created_at: AT, updated_at: AT, version: 1 },
  ...wanted,
});
const STAY = { check_in_date: '2026-03-10T20:00:00Z', check_out_date: '2026-03-14T15:00:00Z' };
const ZONE = 'America/New_York';

describe('which templates a booking has', () => {
  const booking = { property_id: 3, source: 'booking_com' };
  const idsFor = (...templates: AutoTaskTemplate[]) => templatesFor(templates, booking).map(({ id }) => id);

  it('those of its property and source, whatever the spelling, that are active', () => {
    expect(
      idsFor(
        template({ id: 9 }),
        template({ id: 1, properties: [3, 4] }),
        template({ id: 2, properties: [4] }),
        template({ id: 3, is_active: false }),
        template({ id: 4, booking_sources: 'Airbnb, BOOKING.COM' }),
        template({ id: 5, booking_sources: 'airbnb' }),
        template({ id: 6, booking_sources: ' , ' }),
      ),
    ).toEqual([1, 4, 6, 9]);
  });

  it('never more than a transaction can follow', () => {
    const many = Array.from({ length: MOST_OF_A_BOOKING + 3 }, (_, at) => template({ id: at + 1 }));
    expect(idsFor(...many)).toHaveLength(MOST_OF_A_BOOKING);
    expect(mostOnOneProperty(many)).toBe(MOST_OF_A_BOOKING + 3);
    expect(mostOnOneProperty([])).toBe(0);
    const some = [template(), template({ properties: [1, 1, 2] }), template({ properties: [2] })];
    expect(mostOnOneProperty(some)).toBe(3);
    expect(mostOnOneProperty([...some, template({ is_active: false })])).toBe(3);
  });
});

describe('when a task is due', () => {
  it.each([
    ['the hour of check-in, a day before', {}, '2026-03-09T20:00:00Z'],
    ['at an hour on the clocks of the property', { timing_hour: '09:30' }, '2026-03-09T13:30:00Z'],
    ['on the day itself', { timing_offset: 0, timing_hour: '00:00' }, '2026-03-10T04:00:00Z'],
    // Clocks jump on 8 March: four in the afternoon stays four in the afternoon.
    ['across the change of the clocks', { timing_offset: 3 }, '2026-03-07T21:00:00Z'],
    ['after check-out', { timing_type: 'after_checkout' }, '2026-03-15T15:00:00Z'],
    ['never by itself', { timing_type: 'fixed_time', timing_hour: '09:00' }, null],
  ] as const)('%s', (_, wanted, due) => {
    expect(dueOf(template(wanted), STAY, ZONE)).toBe(due);
  });

  it('at no time where the calendar ends', () => {
    const last = { ...STAY, check_out_date: '9999-12-31T12:00:00Z' };
    expect(dueOf(template({ timing_type: 'after_checkout' }), last, ZONE)).toBeNull();
  });
});

describe('placeholders', () => {
  const booking = {
    ...STAY,
    check_in_date: '2026-03-10T02:00:00Z',
    guest_name: 'A. {source}',
    source: 'airbnb',
    external_code: 'HM1',
  };
  const facts = { booking, propertyName: 'Lake House', zone: ZONE };

  it('are filled once, dates as the property counts days, and unknown ones stay as typed', () => {
    const text =
      '{property}|{guest_name}|{check_in_date}|{check_out_date}|{source}|{external_code}|{vip}|{constructor}|{';
    expect(filled(text, facts)).toBe('Lake House|A. {source}|2026-03-09|2026-03-14|airbnb|HM1|{vip}|{constructor}|{');
  });

  it('leave a title that fits, or the name of the template', () => {
    const blank = { ...facts, booking: { ...booking, guest_name: '' } };
    expect(textsOf(template({ title_template: '{guest_name}' }), blank).title).toBe('Before arrival');
    const long = { ...facts, propertyName: 'x'.repeat(100) };
    expect(textsOf(template({ title_template: '{property} {property} {property}' }), long).title).toHaveLength(200);
  });
});
