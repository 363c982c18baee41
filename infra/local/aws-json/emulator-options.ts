import type { Credentials } from './verify-signature.ts';

/** What an emulator that keeps things for the platform is started with. */
export interface EmulatorOptions {
  /** Directory of this emulator alone; undefined keeps everything in memory. */
  readonly dataDirectory: string | undefined;
  readonly credentials: Credentials;
  readonly region: string;
  /** Twelve digits, in every ARN. */
  readonly accountId: string;
  /** The platform's clock, for the dates of what it keeps. */
  readonly now: () => Date;
  /** The machine's clock, by which the SDK signs. */
  readonly machineNow?: () => Date;
  /** Any free port by default. */
  readonly port?: number;
}
