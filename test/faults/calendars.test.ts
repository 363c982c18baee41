import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pollFeed } from '../../functions/calendar-worker/operations/poll-feed.ts';
import { calendarFeedKey } from '../../shared/domain/calendar-feed/calendar-feed.keys.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { publicTargets } from '../../shared/platform/outbound/public-target.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { SILENT } from '../support/bare-deps.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { calendarText, type GivenEvent } from '../support/given-calendars.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const START = '2026-11-21T09:30:00Z';
const HOUR = 3_600;
const SWEEPER = 'stay-ops-local-outbox-sweeper';
const STAY = { uid: '1418fb94e984-1@airbnb.com', from: '2026-12-04', until: '2026-12-08' };
const NEXT = { uid: '1418fb94e984-2@airbnb.com', from: '2026-12-20', until: '2026-12-22' };

let cloud: TestCloud;
let channel: WebhookReceiver;
beforeAll(async () => {
  [cloud, channel] = await Promise.all([startTestCloud({ clock: START }), startWebhookReceiver()]);
});
afterAll(() => Promise.all([cloud.close(), channel.close()]));

let email: string;
let world: GivenBookings;
let property: number;
let address: string;
let feed: string;
beforeEach(async () => {
  await cloud.setTime(START);
  const company = await cloud.given.aCompany();
  email = (await cloud.given.aUser(company)).email;
  world = new GivenBookings(cloud, company.id);
  property = (await world.aProperty({}, ['1'])).id;
  says(STAY, NEXT);
  address = `${channel.url}?of=${company.id}`;
  const body = { property, url: address, name: 'Airbnb' };
  feed = String((await call('POST', '/api/calendar-feeds/', body)).body.id);
  await cloud.cloud.drain();
});

// Nothing is read any more while another test lets time pass.
afterEach(() => call('DELETE', `/api/calendar-feeds/${feed}/`));

/** What reached the channel for this test's feed. */
const asked = () => channel.received.filter(({ path }) => path.includes(world.scope.empresaId));

function says(...events: readonly GivenEvent[]): void {
  channel.answer = () => ({ status: 200, body: calendarText('airbnb', events) });
}

async function call(method: string, path: string, body?: unknown) {
  const client = await cloud.client.signIn(email, PASSWORD);
  return client.call(method, path, body === undefined ? {} : { body });
}

const state = async () => (await call('GET', `/api/calendar-feeds/${feed}/`)).body;
const bookings = async () => {
  const { body } = await call('GET', `/api/bookings/?property=${property}&ordering=check_in_date`);
  return body.results as Record<string, unknown>[];
};
const nights = async () => (await bookings()).map((row) => [String(row.check_in_date).slice(0, 10), row.status]);
const told = async () => {
  const { body } = await call('GET', '/api/notifications/');
  return (body.results as { verb: string; message: string }[]).filter(({ verb }) => verb === 'calendar_feed');
};

/** Lets time pass and has the sweeper look: the reading that is due then takes place. */
async function later(hours: number): Promise<void> {
  await cloud.passTime(hours * HOUR);
  await cloud.cloud.runSchedule(SWEEPER);
  await cloud.cloud.drain();
}

async function pollNow(body?: unknown): Promise<number> {
  await cloud.passTime(120);
  const { status } = await call('POST', `/api/calendar-feeds/${feed}/poll/`, body);
  await cloud.cloud.drain();
  return status;
}

describe('a feed that is read', () => {
  it('gives bookings with no more than the channel tells, and says so', async () => {
    expect(await bookings()).toMatchObject([
      {
        check_in_date: '2026-12-04T14:00:00Z',
        check_out_date: '2026-12-08T10:00:00Z',
        source: 'airbnb',
        status: 'confirmed',
        guest_name: '',
        created_via: 'system',
      },
      { check_in_date: '2026-12-20T14:00:00Z' },
    ]);
    expect(await state()).toMatchObject({
      state: 'ok',
      error: null,
      channel: 'airbnb',
      unit: '1',
      counts: { bookings: 2 },
      last_good_at: expect.stringMatching(/^2026-11-21T09:30/),
    });
  });

  it('again by the schedule, an hour later, and changes nothing twice', async () => {
    const calls = asked().length;
    await later(1.1);
    expect(asked().length).toBe(calls + 1);
    expect(await nights()).toEqual([
      ['2026-12-04', 'confirmed'],
      ['2026-12-20', 'confirmed'],
    ]);
    expect((await bookings()).every(({ updated_at, created_at }) => updated_at === created_at)).toBe(true);
  });

  it('follows a date that moves, keeps what a person typed, and is asked for under conditions', async () => {
    const [first] = await bookings();
    await call('PATCH', `/api/bookings/${first?.id}/`, {
      guest_name: 'Ana Ruiz',
      check_in_date: '2026-12-04T21:30:00Z',
    });
    channel.answer = () => ({
      status: 200,
      headers: { etag: '"1"', 'last-modified': 'Sat, 21 Nov 2026 09:00:00 GMT' },
      body: calendarText('airbnb', [{ ...STAY, from: '2026-12-05' }, NEXT]),
    });
    await later(1.1);
    expect((await bookings())[0]).toMatchObject({
      id: first?.id,
      guest_name: 'Ana Ruiz',
      check_in_date: '2026-12-05T21:30:00Z',
    });
    channel.answer = () => ({ status: 304 });
    await later(1.1);
    expect(asked().at(-1)?.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Sat, 21 Nov 2026 09:00:00 GMT',
      accept: expect.stringContaining('text/calendar'),
    });
    expect(await state()).toMatchObject({ state: 'ok', counts: { bookings: 2 } });
    expect(await nights()).toHaveLength(2);
  });

  it('cancels what is gone for two readings and a day, and brings it back with its event', async () => {
    says(NEXT);
    await later(1.1);
    await later(20);
    expect(await nights()).toEqual([
      ['2026-12-04', 'confirmed'],
      ['2026-12-20', 'confirmed'],
    ]);
    await later(5);
    expect(await nights()).toEqual([
      ['2026-12-04', 'cancelled'],
      ['2026-12-20', 'confirmed'],
    ]);
    says(STAY, NEXT);
    await later(1.1);
    expect(await nights()).toEqual([
      ['2026-12-04', 'confirmed'],
      ['2026-12-20', 'confirmed'],
    ]);
  });

  it('leaves a booking to the person who deleted or cancelled it', async () => {
    const [first, second] = await bookings();
    await call('DELETE', `/api/bookings/${first?.id}/`);
    await call('PATCH', `/api/bookings/${second?.id}/`, { status: 'cancelled' });
    await later(1.1);
    expect(await nights()).toEqual([['2026-12-20', 'cancelled']]);
  });

  it('takes no nights that somebody has: it tells, and books them once they are free', async () => {
    const third = { uid: '1418fb94e984-3@airbnb.com', from: '2027-01-10', until: '2027-01-14' };
    const own = await world.aBooking(
      { id: property },
      { check_in_date: '2027-01-12T14:00:00Z', check_out_date: '2027-01-15T10:00:00Z' },
    );
    says(STAY, NEXT, third);
    await later(1.1);
    expect(await state()).toMatchObject({ state: 'ok', counts: { bookings: 2, conflicts: 1 } });
    const stays = (await call('GET', `/api/calendar-feeds/${feed}/stays/`)).body.results as unknown[];
    expect(stays[2]).toMatchObject({ outcome: 'conflict', booking: null, met_booking: own.id });
    await call('DELETE', `/api/bookings/${own.id}/`);
    await later(1.1);
    expect(await nights()).toHaveLength(3);
  });

  it('is two when two are read at once: each stay once', async () => {
    says(STAY, NEXT, { uid: 'x@airbnb.com', from: '2027-02-01', until: '2027-02-03' });
    await cloud.passTime(2 * HOUR);
    const deps = {
      keys: tenantKeys('alias/stay-ops-local', systemClock),
      targets: publicTargets('allow'),
      queues: { webhooks: { send: async () => undefined }, work: { send: async () => undefined } },
      clock: systemClock,
      log: SILENT,
      ulid: prefixedUlid,
      random: () => 0,
    };
    const calls = asked().length;
    await Promise.all([1, 2, 3].map(() => pollFeed(deps, new TenantScope(cloud.table, world.scope.empresaId), feed)));
    expect(asked().length).toBe(calls + 1);
    expect(await nights()).toHaveLength(3);
  });
});

describe('a feed that is empty or broken cancels nothing', () => {
  it('empty: not believed, told after three times, and taken over when a person says so', async () => {
    says();
    for (const hours of [1.1, 1.1, 30]) await later(hours);
    expect(await nights()).toEqual([
      ['2026-12-04', 'confirmed'],
      ['2026-12-20', 'confirmed'],
    ]);
    expect(await state()).toMatchObject({ state: 'suspicious', error: expect.stringContaining('nothing was changed') });
    expect(await told()).toHaveLength(1);
    expect(await pollNow({ accept_losses: true })).toBe(202);
    expect(await nights()).toEqual([
      ['2026-12-04', 'cancelled'],
      ['2026-12-20', 'cancelled'],
    ]);
    expect(await state()).toMatchObject({ state: 'ok', error: null });
  });

  it.each([
    ['cut off', { status: 200, body: calendarText('airbnb', [STAY]).slice(0, -20) }, 'incomplete'],
    ['a page to log in', { status: 200, body: '<html>Log in</html>' }, 'Copy the export address anew'],
    ['gone', { status: 404 }, 'Copy the export address anew'],
    ['a server in trouble', { status: 500 }, 'status 500'],
    ['too large', { status: 200, body: `BEGIN:VCALENDAR\r\n${'X-A:1\r\n'.repeat(400_000)}END:VCALENDAR` }, '2 MB'],
    [
      'a redirect into a private network',
      { status: 302, headers: { location: 'http://10.0.0.1/x.ics' } },
      'not public',
    ],
    [
      'a redirect to the metadata of a machine',
      { status: 302, headers: { location: 'https://169.254.169.254/latest' } },
      'not public',
    ],
    ['a redirect without end', { status: 302, headers: { location: '/in' } }, 'without end'],
  ])('%s', async (_, answer, sentence) => {
    channel.answer = () => answer;
    for (const hours of [1.1, 30]) await later(hours);
    expect(await state()).toMatchObject({
      state: 'failing',
      failures: 2,
      error: expect.stringContaining(sentence),
      last_good_at: expect.stringMatching(/^2026-11-21T09:30/),
    });
    expect(await nights()).toEqual([
      ['2026-12-04', 'confirmed'],
      ['2026-12-20', 'confirmed'],
    ]);
    expect(JSON.stringify(await state())).not.toContain(world.scope.empresaId);
  });

  it('is asked less and less often, or when its server says, and good again at once', async () => {
    channel.answer = () => ({ status: 429, headers: { 'retry-after': '36000' } });
    await later(1.1);
    const calls = asked().length;
    await later(9);
    expect(asked().length).toBe(calls);
    await later(1.2);
    expect(asked().length).toBe(calls + 1);
    says(STAY, NEXT);
    await pollNow();
    expect(await state()).toMatchObject({ state: 'ok', failures: 0 });
  });

  it('follows a redirect that stays in the open', async () => {
    const moved = { status: 301, headers: { location: `/moved.ics?of=${world.scope.empresaId}` } };
    const there = { status: 200, body: calendarText('airbnb', [STAY, NEXT]) };
    channel.answer = ({ path }) => (path.startsWith('/moved') ? there : moved);
    await later(1.1);
    expect(asked().at(-1)?.path).toMatch(/^\/moved/);
    expect(await state()).toMatchObject({ state: 'ok' });
  });
});

describe('the work list', () => {
  it('lets go of a feed that was deleted, whose bookings stay, and takes them up again when it returns', async () => {
    expect((await call('DELETE', `/api/calendar-feeds/${feed}/`)).status).toBe(204);
    const calls = asked().length;
    await later(2);
    expect(asked().length).toBe(calls);
    expect(await nights()).toHaveLength(2);
    feed = String((await call('POST', '/api/calendar-feeds/', { property, url: address })).body.id);
    await cloud.cloud.drain();
    expect(await nights()).toHaveLength(2);
    expect(await state()).toMatchObject({ counts: { bookings: 2, conflicts: 0 } });
    says({ ...STAY, until: '2026-12-09' }, NEXT);
    await later(1.1);
    expect((await bookings())[0]).toMatchObject({ check_out_date: '2026-12-09T10:00:00Z' });
  });

  it('stops with the unit, and keeps the address sealed', async () => {
    const row = await cloud.table.get(calendarFeedKey(world.scope.empresaId, feed));
    expect(JSON.stringify(row)).not.toContain(new URL(address).host);
    for (const { id } of await bookings()) await call('DELETE', `/api/bookings/${id}/`);
    expect((await call('DELETE', `/api/properties/${property}/`)).status).toBe(204);
    await later(1.1);
    expect(await state()).toMatchObject({ state: 'stopped', next_poll_at: null });
  });
});
