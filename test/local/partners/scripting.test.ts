import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../infra/local/partners/partner-fault.ts';
import { type PartnerServer, startPartner } from '../../../infra/local/partners/partner-server.ts';
import { CLOUDBEDS_ACCOUNT, cloudbeds } from '../../../infra/local/partners/pms-cloudbeds.ts';
import { keyFingerprint } from '../../../infra/local/partners/recorded-calls.ts';

let partner: PartnerServer;
beforeAll(async () => {
  partner = await startPartner(cloudbeds({ now: () => new Date('2026-11-21T09:30:00Z') }));
});
beforeEach(() => partner.reset());
afterAll(() => partner.close());

const ask = (call: string, key: string = CLOUDBEDS_ACCOUNT.key) =>
  fetch(`${partner.address}/${call}`, { headers: { 'x-api-key': key } });
const statuses = async (...calls: readonly string[]) => {
  const seen = [];
  for (const call of calls) seen.push((await ask(call)).status);
  return seen;
};
const roomsOf = async () => ((await (await ask('getRooms')).json()) as { data: { rooms: unknown[] }[] }).data;

describe('faults', () => {
  it('strike after some calls, for some calls, on some paths', async () => {
    partner.fault.set({ fault: 'down', after: 1, times: 2, path: '/getRooms' });
    expect(await statuses('getRooms', 'getHotels', 'getRooms', 'getRooms', 'getRooms')).toEqual([
      200, 200, 503, 503, 200,
    ]);
    expect(partner.fault.current()).toEqual({ fault: null });
  });

  it('carry headers of their own', async () => {
    partner.fault.set({ fault: '429', headers: { 'retry-after': '7' } });
    const answer = await ask('getRooms');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it.each<readonly [FaultKind, unknown]>([
    ['short_page', { count: 2, total: 2, data: [] }],
    ['empty_page', { count: 2, total: 2, data: [] }],
    ['changed_schema', { count: 2, total: 2, data: [{ propertyIDV9: '190233', roomsV9: expect.any(Array) }] }],
  ])('%s spoils the list and leaves its counts', async (fault, expected) => {
    partner.fault.set({ fault });
    expect(await (await ask('getRooms')).json()).toEqual({ success: true, ...(expected as object) });
  });

  it('half_page breaks off in the middle of the answer it has announced', async () => {
    partner.fault.set({ fault: 'half_page' });
    const answer = await ask('getRooms');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });
});

describe('data', () => {
  it('is merged by its parts, checked, and forgotten by a reset', async () => {
    const property = { propertyID: '7', propertyName: 'Sola', rooms: [{ roomID: '7-1', roomName: 'Única' }] };
    partner.data?.merge({ properties: [property] });
    expect(await roomsOf()).toMatchObject([{ propertyID: '7', rooms: [{ roomID: '7-1', maxGuests: 2 }] }]);
    expect(() => partner.data?.merge({ properties: 'none' })).toThrow();
    expect(await roomsOf()).toHaveLength(1);
    partner.reset();
    expect((await roomsOf())[0]?.rooms).toHaveLength(2);
  });
});

describe('calls', () => {
  it('are recorded with the fingerprint of the key that they carried, and never with the key', async () => {
    await ask('getRooms?pageSize=5');
    partner.fault.set({ fault: '401', times: 1 });
    await ask('getHotels', 'another-key');
    const call = { method: 'GET', fault: null };
    expect(partner.recorded()).toEqual([
      { ...call, path: '/getRooms', query: 'pageSize=5', key: keyFingerprint(CLOUDBEDS_ACCOUNT.key) },
      { ...call, path: '/getHotels', query: '', key: keyFingerprint('another-key'), fault: '401' },
    ]);
    expect(JSON.stringify(partner.recorded())).not.toContain(CLOUDBEDS_ACCOUNT.key);
    expect(partner.calls()).toBe(2);
  });
});
