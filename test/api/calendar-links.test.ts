import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-11-21T09:30:00Z' });
});
afterAll(() => cloud.close());

async function aCompany() {
  const company = await cloud.given.aCompany();
  const client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
  return { client, world: new GivenBookings(cloud, company.id), companyId: company.id };
}

async function aLink(client: ApiClient, body: object): Promise<{ id: string; url: string; path: string }> {
  const answer = await client.call('POST', '/api/calendar-links/', { body });
  expect(answer.status).toBe(201);
  const url = String(answer.body.url);
  return { id: String(answer.body.id), url, path: new URL(url).pathname };
}

function eventsOf(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

const stay = (from: string, until: string) => ({
  check_in_date: `${from}T14:00:00Z`,
  check_out_date: `${until}T10:00:00Z`,
});

describe('the calendar of a unit', () => {
  it('shows its own occupied nights to whoever has the address, and not a word of the guests', async () => {
    const { client, world } = await aCompany();
    const property = await world.aProperty({ name: 'Ático, "Sol"' }, ['101', '102']);
    const [first, second] = property.units;
    const own = { unit_id: first?.id ?? null, created_via: 'manual' } as const;
    await world.aBooking(property, {
      ...own,
      ...stay('2026-12-04', '2026-12-08'),
      guest_name: 'Ana Ruiz',
      external_code: 'SECRET1',
    });
    await world.aBooking(property, { ...own, ...stay('2026-12-10', '2026-12-12'), status: 'owner_staying' });
    await world.aBooking(property, { ...own, ...stay('2026-12-14', '2026-12-16'), status: 'cancelled' });
    await world.aBooking(property, {
      ...own,
      ...stay('2026-12-18', '2026-12-20'),
      source: 'airbnb',
      created_via: 'system',
    });
    await world.aBooking(property, { ...own, ...stay('2026-12-22', '2026-12-24'), unit_id: second?.id ?? null });
    await world.aBooking(property, { ...own, ...stay('2026-11-01', '2026-11-04') });
    const { path } = await aLink(client, { property: property.id, unit: '101', name: 'Airbnb' });

    const answer = await cloud.client.get(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(
      eventsOf(answer.text).map((event) => [String(event.startDate), String(event.endDate), event.summary]),
    ).toEqual([
      ['2026-12-04', '2026-12-08', 'Reserved'],
      ['2026-12-10', '2026-12-12', 'Not available'],
    ]);
    expect(answer.text).not.toMatch(/Ana|SECRET1/);
    expect((await cloud.client.get(path)).text).toBe(answer.text);
  });

  it('keeps a uid when its dates move, and has none that another company has', async () => {
    const uids: string[][] = [];
    for (const { client, world } of [await aCompany(), await aCompany()]) {
      const property = await world.aProperty({}, []);
      const booking = await world.aBooking(property, { created_via: 'api', ...stay('2026-12-04', '2026-12-08') });
      const { path } = await aLink(client, { property: property.id });
      const before = eventsOf((await cloud.client.get(path)).text);
      await client.call('PATCH', `/api/bookings/${booking.id}/`, { body: { check_out_date: '2026-12-09T10:00:00Z' } });
      const after = eventsOf((await cloud.client.get(path)).text);
      expect(String(after[0]?.endDate)).toBe('2026-12-09');
      uids.push([...new Set([...before, ...after].map(({ uid }) => uid))]);
    }
    expect(uids.map(({ length }) => length)).toEqual([1, 1]);
    expect(uids[0]).not.toEqual(uids[1]);
  });

  it('comes back from a channel without becoming a booking', async () => {
    const { client, world } = await aCompany();
    const property = await world.aProperty({}, []);
    await world.aBooking(property, { created_via: 'api', ...stay('2026-12-04', '2026-12-08') });
    const { path } = await aLink(client, { property: property.id });
    const url = `${cloud.cloud.address}${path}`;
    const feed = await client.call('POST', '/api/calendar-feeds/', { body: { property: property.id, url } });
    await cloud.cloud.drain();
    expect((await client.get(`/api/calendar-feeds/${feed.body.id}/`)).body).toMatchObject({
      state: 'ok',
      counts: { bookings: 0, ignored: 1 },
    });
    expect((await client.get('/api/bookings/')).body.count).toBe(1);
  });
});

describe('an address', () => {
  it('is listed for who may see it, has 256 random bits, and rests as a digest and under a key', async () => {
    const { client, world } = await aCompany();
    const property = await world.aProperty({}, ['1']);
    const { id, url } = await aLink(client, { property: property.id, name: 'Vrbo' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/calendars\/[A-Za-z0-9_-]{43}\.ics$/);
    const { body } = await client.get(`/api/calendar-links/?property=${property.id}`);
    expect(body).toMatchObject({ count: 1, results: [{ id, name: 'Vrbo', unit: '1', url, rotated_at: null }] });
  });

  it('ends when it is made anew or taken back, with its unit, and with its company', async () => {
    const { client, world, companyId } = await aCompany();
    const property = await world.aProperty({}, ['1', '2']);
    const open = async (path: string) => (await cloud.client.get(path)).status;
    const first = await aLink(client, { property: property.id, unit: '1' });
    const rotated = await client.call('POST', `/api/calendar-links/${first.id}/rotate/`);
    const anew = new URL(String(rotated.body.url)).pathname;
    expect([await open(first.path), await open(anew)]).toEqual([404, 200]);
    expect((await client.call('DELETE', `/api/calendar-links/${first.id}/`)).status).toBe(204);
    expect([await open(anew), (await client.call('DELETE', `/api/calendar-links/${first.id}/`)).status]).toEqual([
      404, 404,
    ]);

    const [second, third] = [
      await aLink(client, { property: property.id, unit: '2' }),
      await aLink(client, { property: property.id, unit: '1' }),
    ];
    await client.call('DELETE', `/api/properties/${property.id}/units/${property.units[1]?.id}/`);
    expect([await open(second.path), await open(third.path)]).toEqual([404, 200]);
    const company = {
      kind: 'update',
      key: { pk: `T#${companyId}#COMPANY`, sk: 'COMPANY' },
      update: { expression: 'SET activa = :no', values: { ':no': false } },
    } as const;
    await cloud.table.write(company);
    expect(await open(third.path)).toBe(404);
    expect(await open(`/api/calendars/${'A'.repeat(43)}.ics`)).toBe(404);
  });
});

describe('what is refused', () => {
  it.each([
    [{ unit: '9', url: 'http://127.0.0.1:9/a.ics' }, 'unit'],
    [{ url: 'http://127.0.0.1:9/a.ics' }, 'unit'],
    [{ unit: '1', url: 'ftp://example.com/a.ics' }, 'url'],
    [{ unit: '1', url: 'https://10.0.0.1/a.ics' }, 'url'],
    [{ unit: '1', url: 'https://user:pass@example.com/a.ics' }, 'url'],
    [{ unit: '1' }, 'url'],
    [{ property: 999, url: 'http://127.0.0.1:9/a.ics' }, 'property'],
  ])('%j', async (body, field) => {
    const { client, world } = await aCompany();
    const property = await world.aProperty({}, ['1', '2']);
    const answer = await client.call('POST', '/api/calendar-feeds/', { body: { property: property.id, ...body } });
    expect([answer.status, Object.keys(answer.body.details as object)]).toEqual([400, [field]]);
  });

  it('the same calendar twice for one unit', async () => {
    const { client, world } = await aCompany();
    const property = await world.aProperty({}, ['1']);
    const body = { property: property.id, url: 'http://127.0.0.1:9/a.ics' };
    expect((await client.call('POST', '/api/calendar-feeds/', { body })).status).toBe(201);
    expect((await client.call('POST', '/api/calendar-feeds/', { body })).status).toBe(400);
  });
});
