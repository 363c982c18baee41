import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localStage } from '../../../infra/config/stage.ts';
import { pmsAddresses } from '../../../shared/domain/integration/pms-addresses.ts';
import { PMS_PROVIDERS, type PmsProvider } from '../../../shared/domain/integration/pms-provider.ts';
import { tryPmsCredential } from '../../../shared/domain/integration/pms-trial.ts';
import type { PmsClient } from '../../../shared/domain/pms/pms-client.ts';
import { reservationSchema } from '../../../shared/domain/reservation/reservation.ts';
import { addDays } from '../../../shared/platform/calendar/calendar-date.ts';
import { randomIds } from '../../../shared/platform/ids/ids.ts';
import { callOut } from '../../../shared/platform/outbound/outbound-call.ts';
import { clientOf, credentialOf, DEMO_KEYS, problemOf, startPms, WRONG_KEYS } from '../../support/pms-account.ts';

/**
 * What holds of every account of a PMS, so that the stand-in and the service itself can be held to the same. The real
 * one is asked when its key is in the environment, as people type it into the settings: `SMOOBU_CONTRACT_KEY`,
 * `BEDS24_CONTRACT_KEY`, `HOSTAWAY_CONTRACT_KEY`, `CLOUDBEDS_CONTRACT_KEY`. It reads and changes nothing.
 */
const realKeyOf = (provider: PmsProvider) => process.env[`${provider.toUpperCase()}_CONTRACT_KEY`];
const now = () => new Date();
const today = now().toISOString().slice(0, 10);
const WINDOW = { from: addDays(today, -1), to: addDays(today, 540) };
const REAL_ADDRESSES = pmsAddresses({ ...localStage.settings, PARTNER_HOSTS: 'official' });

describe.each(PMS_PROVIDERS)('%s', (provider) => {
  const realKey = realKeyOf(provider);
  describe(realKey === undefined ? 'as the stand-in' : 'as the service itself', () => {
    let base: string;
    let client: PmsClient;
    let close = async () => {};
    const key = realKey ?? DEMO_KEYS[provider];
    beforeAll(async () => {
      if (realKey === undefined) {
        const partner = await startPms(provider, { now });
        [base, close] = [partner.address, partner.close];
      } else base = REAL_ADDRESSES[provider];
      client = clientOf({ provider, key, base, now, budgetMs: 120_000 });
    });
    afterAll(() => close());

    it('takes the key and says whose it is', async () => {
      const deps = { addresses: { ...REAL_ADDRESSES, [provider]: base }, callOut, clock: { now }, ids: randomIds };
      const { verified, account } = await tryPmsCredential(deps, credentialOf(provider, key));
      expect([verified, account]).toEqual([true, expect.stringMatching(/./)]);
    });

    it('refuses another one', async () => {
      const stranger = clientOf({ provider, key: WRONG_KEYS[provider], base, now });
      const expected = provider === 'beds24' ? 'REAUTH_REQUIRED' : 'AUTH_INVALID';
      expect((await problemOf(stranger.listApartments())).problem).toBe(expected);
    });

    it('lists its dwellings, each once and with a name, and the same ones when asked again', async () => {
      const [first, second] = [await client.listApartments(), await client.listApartments()];
      const ids = first.map(({ id_externo }) => id_externo);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
      expect(first.filter(({ nombre }) => nombre.trim() === '')).toEqual([]);
      expect(first.some(({ detalle }) => detalle === 'leido')).toBe(true);
      expect(second.map(({ id_externo }) => id_externo).sort()).toEqual([...ids].sort());
    });

    it('knows which dwellings it has and which not', async () => {
      const [own] = await client.listApartments();
      const invented = '999999999999';
      expect([...(await client.confirmGone([own?.id_externo ?? '', invented]))]).toEqual([invented]);
    });

    it('lists reservations of a window, each once, in the one form that we know', async () => {
      const reservations = await client.listReservations(WINDOW);
      const outside = reservations.filter(({ check_in: day }) => day === null || day < WINDOW.from || day > WINDOW.to);
      expect(outside).toEqual([]);
      expect(new Set(reservations.map(({ id_externo }) => id_externo)).size).toBe(reservations.length);
      for (const reservation of reservations) expect(reservationSchema.safeParse(reservation).success).toBe(true);
    });

    it('lists those that end inside a window, whenever they began', async () => {
      const leaving = await client.listReservations({ ...WINDOW, by: 'check_out' });
      expect(leaving.length).toBeGreaterThan(0);
      const outside = leaving.filter(({ check_out: day }) => day === null || day < WINDOW.from || day > WINDOW.to);
      expect(outside).toEqual([]);
      const arriving = await client.listReservations(WINDOW);
      const both = arriving.filter(({ check_out: day }) => day !== null && day >= WINDOW.from && day <= WINDOW.to);
      const ids = new Set(leaving.map(({ id_externo }) => id_externo));
      expect(both.filter(({ id_externo }) => !ids.has(id_externo))).toEqual([]);
    });

    it('lists the reservations of a day as the same day within a window', async () => {
      const all = await client.listReservations(WINDOW);
      const day = all[0]?.check_in ?? today;
      const ids = (rows: typeof all) => rows.map(({ id_externo }) => id_externo).sort();
      const ofDay = await client.listReservations({ from: day, to: day });
      expect(ids(ofDay)).toEqual(ids(all.filter(({ check_in }) => check_in === day)));
    });
  });
});
