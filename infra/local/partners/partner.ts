import type { IncomingHttpHeaders } from 'node:http';

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
  answer(request: PartnerRequest): Promise<PartnerAnswer> | PartnerAnswer;
  /** Forgets what calls have changed. */
  reset(): void;
}
