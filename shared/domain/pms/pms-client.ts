import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { PmsProvider } from '../integration/pms-provider.ts';
import type { Reservation } from '../reservation/reservation.ts';

/** A dwelling as a PMS lists it (`integrations.md` §0.1, Apartment). */
export interface PmsApartment {
  /** The provider's id as text; unique for the tenant and provider only. */
  readonly id_externo: string;
  readonly nombre: string;
  /** Null: the provider has none. */
  readonly direccion: string | null;
  readonly ciudad: string | null;
  /** Guests at most; null when the provider does not say. */
  readonly capacidad: number | null;
  /**
   * Whether `direccion`, `ciudad` and `capacidad` say anything: where they cost a call of their own it may have failed,
   * or there was no time left to make it.
   */
  readonly detalle: 'leido' | 'fallido' | 'sin_pedir';
}

/** Days, `YYYY-MM-DD`, both included. */
export interface StayWindow {
  readonly from: string;
  readonly to: string;
  /** Which day of a stay lies among them; the check-in unless said otherwise. */
  readonly by?: 'check_in' | 'check_out';
}

/** One company's account at its PMS, for as long as one operation lasts. */
export interface PmsClient {
  /**
   * Every dwelling of the account, complete as far as the provider's answer tells.
   * @param known ids whose details are known already: they are asked for last where each costs a call
   * @throws PmsFailed when any part of the list could not be read
   */
  listApartments(known?: ReadonlySet<string>): Promise<readonly PmsApartment[]>;
  /**
   * Those of some dwellings of which the provider says, asked anew, that they are gone. Absence from one list proves
   * nothing (`integrations.md` §0.2).
   * @throws PmsFailed when it could not be asked
   */
  confirmGone(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Every reservation that begins, or ends, inside the window, whatever its status, complete; inquiries are left out.
   * Guest data: in memory only (ruling 8).
   * @throws PmsFailed when any part of the list could not be read
   */
  listReservations(window: StayWindow): Promise<readonly Reservation[]>;
}

/** A company's PMS, ready to be asked. */
export interface ConnectedPms {
  readonly proveedor: PmsProvider;
  readonly client: PmsClient;
}

/** Undefined when the company has connected no PMS. */
export type ConnectPms = (scope: TenantScope) => Promise<ConnectedPms | undefined>;
