import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMOOBU_ACCOUNT } from '../../infra/local/partners/pms-smoobu.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-03T10:00:00Z' });
});
afterAll(() => cloud.close());

async function aTenant(connected: boolean): Promise<{ companyId: string; client: ApiClient }> {
  const company = await cloud.given.aCompany();
  const client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
  const api_key = `${SMOOBU_ACCOUNT.key}:${SMOOBU_ACCOUNT.secret}`;
  if (connected) await client.write('PUT', '/api/perfil/integraciones/pms', { proveedor: 'smoobu', api_key });
  return { companyId: company.id, client };
}

const smoobu = () => {
  const partner = cloud.cloud.partners.find(({ name }) => name === 'smoobu');
  if (partner === undefined) throw new Error('There is no stand-in for Smoobu');
  return partner;
};

const busy = ({ body }: ApiAnswer) =>
  (body.dias as { fecha: string; checkins: number; checkouts: number }[])
    .filter(({ checkins, checkouts }) => checkins + checkouts > 0)
    .map(({ fecha, checkins, checkouts }) => [fecha, checkins, checkouts]);

describe('from the PMS', () => {
  it('counts who arrives and who leaves in the range, the latter however long the stay', async () => {
    const { client, companyId } = await aTenant(true);
    const stay = (id: number, arrival: string, departure: string, more = {}) => ({ id, arrival, departure, ...more });
    smoobu().data?.merge({
      reservations: [
        stay(1, '2026-06-03', '2026-06-05'),
        stay(2, '2025-10-01', '2026-06-05'),
        stay(3, '2026-06-30', '2026-07-04'),
        stay(4, '2026-06-03', '2026-06-06', { type: 'cancellation' }),
        stay(5, '2026-06-10', '2026-06-12', { 'is-blocked-booking': true }),
      ],
    });
    const answer = await client.get('/api/heatmap?desde=2026-06-01&hasta=2026-06-30');
    smoobu().data?.reset();
    expect(busy(answer)).toEqual([
      ['2026-06-03', 1, 0],
      ['2026-06-05', 0, 2],
      ['2026-06-30', 1, 0],
    ]);
    expect(Object.keys(answer.body)).toEqual(['ok', 'dias']);
    const line = await new SyncLogRepository(new TenantScope(cloud.table, companyId)).newestOf('heatmap_pms');
    expect(line).toMatchObject({ estado: 'exito', num_registros: 3, proveedor: 'smoobu' });
  });

  it('is a picture under the same conditions', async () => {
    const { client } = await aTenant(true);
    const answer = await client.get('/api/heatmap/imagen?desde=2026-06-01&hasta=2026-06-30&fuente=pms');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(answer.text).toMatch(/1 jun 2026 – 30 jun 2026 · Smoobu/);
  });

  it('that is not connected, or fails, is a 400 that says what to do, and leaves no line in the log', async () => {
    const [lonely, connected] = [await aTenant(false), await aTenant(true)];
    const range = 'desde=2026-06-01&hasta=2026-06-30';
    const none = await lonely.client.get(`/api/heatmap?${range}`);
    expect([none.status, none.body.errors]).toEqual([400, [expect.stringContaining('/api/heatmap/xlsx')]]);
    smoobu().fault.set({ fault: '401' });
    const failed = await connected.client.get(`/api/heatmap?${range}`);
    smoobu().fault.set({ fault: null });
    expect([failed.status, failed.body.errors]).toEqual([400, [expect.stringContaining('Smoobu')]]);
    const log = new SyncLogRepository(new TenantScope(cloud.table, connected.companyId));
    smoobu().fault.set({ fault: '429', headers: { 'x-ratelimit-retry-after': '600' } });
    const patient = await connected.client.get(`/api/heatmap?${range}`);
    smoobu().fault.set({ fault: null });
    expect([patient.status, Number(patient.headers.get('retry-after'))]).toEqual([400, 600]);
    expect(await log.newestOf('heatmap_pms')).toBeUndefined();
  });

  it('looks at the dates first', async () => {
    const { client } = await aTenant(false);
    for (const [query, error] of [
      ['', /^desde: /],
      ['desde=2026-06-01', /^hasta: /],
      ['desde=2026-06-31&hasta=2026-07-01', /^desde: /],
      ['desde=2026-06-02&hasta=2026-06-01', /^desde: /],
      ['desde=2026-06-01&hasta=2026-06-30&fuente=otra', /^fuente: /],
    ] as const) {
      const answer = await client.get(`/api/heatmap?${query}`);
      expect([answer.status, answer.body.errors]).toEqual([422, [expect.stringMatching(error)]]);
    }
  });
});

it('from own bookings: by the days of the property, long stays too; an owner leaves without having arrived', async () => {
  const { client, companyId } = await aTenant(false);
  const given = new GivenBookings(cloud, companyId);
  const house = await given.aProperty({ timezone: 'Atlantic/Canary' });
  const stay = (check_in_date: string, check_out_date: string, more = {}) =>
    given.aBooking(house, { check_in_date, check_out_date, ...more });
  await stay('2026-06-03T23:30:00Z', '2026-06-05T10:00:00Z');
  await stay('2026-01-01T15:00:00Z', '2026-06-02T10:00:00Z');
  await stay('2026-06-06T15:00:00Z', '2026-06-08T10:00:00Z', { status: 'owner_staying' });
  await stay('2026-06-10T15:00:00Z', '2026-06-12T10:00:00Z', { status: 'cancelled' });
  const answer = await client.get('/api/heatmap?desde=2026-06-01&hasta=2026-06-30&fuente=reservas');
  expect(busy(answer)).toEqual([
    ['2026-06-02', 0, 1],
    ['2026-06-04', 1, 0],
    ['2026-06-05', 0, 1],
    ['2026-06-08', 0, 1],
  ]);
});
