import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PartnerServer } from '../../infra/local/partners/partner-server.ts';
import { PMS_PROVIDERS, type PmsProvider } from '../../shared/domain/integration/pms-provider.ts';
import type { AccessTokens } from '../../shared/domain/pms/access-token.ts';
import type { PmsClient } from '../../shared/domain/pms/pms-client.ts';
import type { TimeLeft } from '../../shared/platform/outbound/time-left.ts';
import { clientOf, DEMO_KEYS, hurriedTime, problemOf, startPms } from '../support/pms-account.ts';

const now = () => new Date('2026-11-21T09:30:00Z');
const WINDOW = { from: '2026-12-01', to: '2026-12-31' };
const partners = new Map<PmsProvider, PartnerServer>();
beforeAll(async () => {
  for (const provider of PMS_PROVIDERS) partners.set(provider, await startPms(provider, { now }));
});
afterAll(() => Promise.all([...partners.values()].map((partner) => partner.close())));
beforeEach(() => {
  for (const partner of partners.values()) partner.reset();
});

function at(provider: PmsProvider): PartnerServer {
  const partner = partners.get(provider);
  if (partner === undefined) throw new Error(`${provider} does not listen`);
  return partner;
}
interface Asking {
  readonly budgetMs?: number;
  readonly key?: string;
  readonly time?: TimeLeft;
  readonly tokens?: AccessTokens;
}
function client(provider: PmsProvider, { budgetMs = 20_000, ...more }: Asking = {}): PmsClient {
  const usual = { key: DEMO_KEYS[provider], time: hurriedTime(budgetMs) };
  return clientOf({ provider, base: at(provider).address, now, ...usual, ...more });
}
const pathsOf = (provider: PmsProvider) =>
  at(provider)
    .recorded()
    .map(({ path }) => path);

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const MANY: Readonly<Record<PmsProvider, (count: number) => Record<string, unknown>>> = {
  smoobu: (count) => ({ apartments: numbers(count).map((id) => ({ id, name: `Piso ${id}` })) }),
  beds24: (count) => ({ properties: numbers(count).map((id) => ({ id, name: `Piso ${id}`, roomTypes: [{ id }] })) }),
  hostaway: (count) => ({ listings: numbers(count).map((id) => ({ id, name: `Piso ${id}` })) }),
  cloudbeds: (count) => ({
    properties: [
      {
        propertyID: '1',
        propertyName: 'Hostal',
        rooms: numbers(count).map((id) => ({ roomID: String(id), roomName: `${id}` })),
      },
    ],
  }),
};
const STAYS: Readonly<Record<PmsProvider, (count: number) => Record<string, unknown>>> = {
  smoobu: (count) => ({
    reservations: numbers(count).map((id) => ({ id, arrival: '2026-12-04', departure: '2026-12-08' })),
  }),
  beds24: (count) => ({
    bookings: numbers(count).map((id) => ({ id, arrival: '2026-12-04', departure: '2026-12-08' })),
  }),
  hostaway: (count) => ({
    reservations: numbers(count).map((id) => ({ id, arrivalDate: '2026-12-04', departureDate: '2026-12-08' })),
  }),
  cloudbeds: (count) => ({
    reservations: numbers(count).map((id) => ({
      reservationID: String(id),
      startDate: '2026-12-04',
      endDate: '2026-12-08',
    })),
  }),
};
/** Where reservations are listed. */
const STAY_PATHS: Readonly<Record<PmsProvider, string>> = {
  smoobu: '/api/reservations',
  beds24: '/bookings',
  hostaway: '/reservations',
  cloudbeds: '/getReservations',
};

describe('how many requests it takes', () => {
  it.each(['beds24', 'hostaway', 'cloudbeds'] as const)('%s: at most 20 for 500 dwellings', async (provider) => {
    at(provider).data?.merge(MANY[provider](500));
    expect(await client(provider).listApartments()).toHaveLength(500);
    expect(at(provider).calls()).toBeLessThanOrEqual(20);
    console.log(`${provider}: ${at(provider).calls()} requests for 500 dwellings`);
  });

  it('Smoobu: one for the list and one for each address, the unknown ones first', async () => {
    at('smoobu').data?.merge(MANY.smoobu(30));
    const known = new Set(numbers(28).map(String));
    expect(await client('smoobu').listApartments(known)).toHaveLength(30);
    const details = pathsOf('smoobu').slice(1);
    expect(details).toHaveLength(30);
    expect(details.slice(0, 2)).toEqual(['/api/apartments/29', '/api/apartments/30']);
  });

  it('Smoobu: without time for the addresses the list is complete all the same', async () => {
    const listed = await client('smoobu', { budgetMs: 3_000 }).listApartments();
    expect(listed.map(({ detalle }) => detalle)).toEqual(['sin_pedir', 'sin_pedir', 'sin_pedir']);
    expect(at('smoobu').calls()).toBe(1);
  });
});

describe.each(PMS_PROVIDERS)('%s', (provider) => {
  beforeEach(() => at(provider).data?.merge(STAYS[provider](250)));

  it('reads a list of several pages to its end', async () => {
    const found = await client(provider).listReservations(WINDOW);
    expect(new Set(found.map(({ id_externo }) => id_externo)).size).toBe(250);
  });

  it.each(['refuse', 'half_page', 'changed_schema', '401'] as const)(
    'that dies on page 2 (%s) gives nothing',
    async (fault) => {
      at(provider).fault.set({ fault, after: 1, path: STAY_PATHS[provider] });
      await problemOf(client(provider).listReservations(WINDOW));
    },
  );

  it.each(['short_page', 'empty_page'] as const)(
    'a page that leaves rows out (%s) gives all or nothing',
    async (fault) => {
      at(provider).fault.set({ fault, after: 1, times: 1, path: STAY_PATHS[provider] });
      const reading = client(provider).listReservations(WINDOW);
      // A cursor goes on behind the last row that came: there a short page loses nothing.
      if (provider === 'hostaway' && fault === 'short_page') expect(await reading).toHaveLength(250);
      else expect((await problemOf(reading)).problem).toBe('BAD_RESPONSE');
    },
  );

  it('is asked again when it is down for a moment', async () => {
    at(provider).fault.set({ fault: 'down', times: 2 });
    expect(await client(provider).listApartments()).not.toEqual([]);
  });

  it('that stays down is asked three times, and told apart from a refusal', async () => {
    at(provider).fault.set({ fault: 'down' });
    const { problem, sentence } = await problemOf(client(provider).listApartments());
    expect([problem, at(provider).calls()]).toEqual(['UPSTREAM_UNAVAILABLE', 3]);
    expect(sentence).not.toMatch(/unavailable|Try again/i);
  });

  it('that answers too late ends with the time that there is', async () => {
    at(provider).fault.set({ fault: 'slow', delay_ms: 30_000 });
    expect((await problemOf(client(provider, { budgetMs: 1_500 }).listApartments())).problem).toBe('TIMEOUT');
  });

  it('that asks for patience beyond that time is asked once, and says for how long', async () => {
    const headers = { 'retry-after': '60', 'x-ratelimit-retry-after': '60' };
    at(provider).fault.set({ fault: '429', headers });
    const { problem, retryAfter } = await problemOf(client(provider).listApartments());
    expect([problem, retryAfter, at(provider).calls()]).toEqual(['RATE_LIMITED', 60, 1]);
  });

  it('that asks for a second gets it', async () => {
    const headers = { 'retry-after': '1', 'x-ratelimit-retry-after': '1', 'x-five-min-limit-resets-in': '1' };
    at(provider).fault.set({ fault: '429', times: 1, headers });
    const time = hurriedTime(20_000);
    expect(await client(provider, { time }).listApartments()).not.toEqual([]);
    expect(time.waits[0]).toBe(1_000);
  });
});

describe('limits that stand on good answers', () => {
  it('Beds24 with few credits left is asked no more until they are full again', async () => {
    at('beds24').data?.merge({ ...MANY.beds24(150), credits: { remaining: 6, resetsIn: 200 } });
    const { problem, retryAfter } = await problemOf(client('beds24').listApartments());
    expect([problem, pathsOf('beds24')]).toEqual(['RATE_LIMITED', ['/authentication/token', '/properties']]);
    expect(retryAfter).toBeGreaterThan(190);
  });

  it('Smoobu tells the moment of its reset on every answer, which means nothing while calls are left', async () => {
    at('smoobu').data?.merge(STAYS.smoobu(250));
    expect(await client('smoobu').listReservations(WINDOW)).toHaveLength(250);
    expect(at('smoobu').calls()).toBe(3);
  });
});

describe('access tokens', () => {
  it.each([
    ['beds24', '401', '/authentication/token', 'demo-access-token', 86_400 - 300],
    ['hostaway', '403', '/accessTokens', 'demo-hostaway-token', 15_897_600 - 86_400],
  ] as const)(
    '%s: a kept one that is taken no longer (%s) is replaced once and kept',
    async (provider, _, renewal, fresh, life) => {
      const kept: unknown[] = [];
      const tokens = { current: () => 'old', keep: async (...token: unknown[]) => void kept.push(token) };
      expect(await client(provider, { tokens }).listApartments()).toHaveLength(2);
      const paths = pathsOf(provider);
      expect(paths.filter((path) => path === renewal)).toHaveLength(1);
      expect([paths.length, kept]).toEqual([3, [[fresh, life]]]);
    },
  );

  it('Beds24: a new one that is refused too ends it', async () => {
    at('beds24').fault.set({ fault: '401', path: '/properties' });
    const tokens = { current: () => 'old', keep: async () => undefined };
    expect((await problemOf(client('beds24', { tokens }).listApartments())).problem).toBe('AUTH_INVALID');
    expect(pathsOf('beds24')).toEqual(['/properties', '/authentication/token', '/properties']);
  });

  it('Beds24: a long-life token is used as it is', async () => {
    await client('beds24', { key: 'longlife:demo-longlife-token' }).listApartments();
    expect(pathsOf('beds24')).toEqual(['/properties']);
  });

  it('Beds24: a refresh token that is dead asks for a new connection', async () => {
    const { problem, sentence } = await problemOf(client('beds24', { key: 'refresh:dead' }).listApartments());
    expect([problem, sentence]).toEqual(['REAUTH_REQUIRED', expect.stringContaining('clave nueva')]);
  });
});

describe('Smoobu', () => {
  it('signs every request anew: no nonce is sent twice, retries included', async () => {
    at('smoobu').fault.set({ fault: 'down', times: 1 });
    expect(await client('smoobu').listApartments()).toHaveLength(3);
  });

  it('an old key without a secret is refused with a sentence', async () => {
    const { problem } = await problemOf(client('smoobu', { key: 'usr_live_demo01' }).listApartments());
    expect(problem).toBe('AUTH_INVALID');
  });
});

describe('Cloudbeds', () => {
  it('a property that the key does not reach is told from a bad answer', async () => {
    const pinned = client('cloudbeds', { key: 'cbat_demo01@7' });
    expect((await problemOf(pinned.listApartments())).problem).toBe('AUTH_SCOPE');
  });

  it('arrival hours of the next days come from the detail call, later ones are unknown', async () => {
    const stay = (reservationID: string, startDate: string) => ({
      reservationID,
      startDate,
      endDate: '2026-12-30',
      estimatedArrivalTime: '22:30',
    });
    at('cloudbeds').data?.merge({ reservations: [stay('1', '2026-11-22'), stay('2', '2026-12-20')] });
    const found = await client('cloudbeds').listReservations({ from: '2026-11-20', to: '2026-12-31' });
    expect(found.map(({ id_externo, arrival_time }) => [id_externo, arrival_time])).toEqual([
      ['1', '22:30'],
      ['2', null],
    ]);
  });
});
