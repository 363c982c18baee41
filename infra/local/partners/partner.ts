import type { IncomingHttpHeaders } from 'node:http';
import type { PartnerData } from './partner-data.ts';

/** A call as a stand-in sees it. */
export interface PartnerRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface PartnerAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is, anything else as JSON. */
  readonly body: unknown;
}

/** The failures that every service knows, in each service's own words. */
export type WordedFault = 'down' | '401' | '429';

/** The stand-in for one third-party service: the same wire contract, no effect outside of this machine. */
export interface Partner {
  /** Its name in `/_local/partners/{name}`. */
  readonly name: string;
  /** The variable under which the functions read the service's address. */
  readonly addressVariable: string;
  readonly faults: Readonly<Record<WordedFault, PartnerAnswer>>;
  /** What it answers from, where that can be set. */
  readonly data?: PartnerData;
  /** The key that a call carries, to be recorded by its fingerprint; undefined when it carries none. */
  keyOf?(request: PartnerRequest): string | undefined;
  answer(request: PartnerRequest): Promise<PartnerAnswer> | PartnerAnswer;
  /** Forgets what calls have changed. */
  reset(): void;
}
