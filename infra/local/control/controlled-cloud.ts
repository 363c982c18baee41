import type { BucketName } from '../../config/names.ts';
import type { OutgoingMail } from '../outbox/outbox.ts';
import type { PartnerServer } from '../partners/partner-server.ts';

/** What a client of the local cloud has to know: `GET /_local/info`. */
export interface LocalInfo {
  readonly endpoints: {
    readonly dynamodb: string;
    readonly s3: string;
    readonly kms: string;
    readonly sqs: string;
    readonly secretsManager: string;
  };
  readonly table: string;
  /** Names of the buckets by their logical names. */
  readonly buckets: Readonly<Record<BucketName, string>>;
  /** URLs of the queues by their names. */
  readonly queues: Readonly<Record<string, string>>;
  readonly schedules: readonly string[];
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A company that files can be dropped for. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** There is no schedule of this name. */
export class UnknownSchedule extends Error {
  override readonly name = 'UnknownSchedule';
}

/** The part of the local cloud that a person steers through `/_local/`. */
export interface ControlledCloud {
  readonly address: string;
  readonly info: LocalInfo;
  /** What the start told, line by line. */
  readonly story: readonly string[];
  now(): Date;
  /** Undefined goes back to the machine's clock. */
  setClock(instant: Date | undefined): Promise<void>;
  nextRuns(): Readonly<Record<string, Date | undefined>>;
  /** @throws UnknownSchedule, and whatever the function throws */
  runSchedule(name: string): Promise<{ readonly name: string; readonly result: unknown }>;
  readonly outbox: { list(): readonly OutgoingMail[]; find(n: number): OutgoingMail | undefined };
  readonly partners: readonly PartnerServer[];
  tenants(): Promise<readonly Tenant[]>;
  /** Drops a file into the arrivals bucket; the answer is its key. */
  dropArrivals(tenantId: string, fileName: string, content: Uint8Array): Promise<string>;
  /** The result that lies beside a dropped file; undefined while there is none. */
  arrivalsResult(tenantId: string, fileName: string): Promise<unknown>;
  reset(): Promise<void>;
}
