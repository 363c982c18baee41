import { createHash } from 'node:crypto';
import type { PartnerRequest } from './partner.ts';
import type { FaultKind } from './partner-fault.ts';

/** One call that a stand-in has received. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** {@link keyFingerprint} of the key that it carried; null without one. */
  readonly key: string | null;
  /** The fault that struck it. */
  readonly fault: FaultKind | null;
}

/** Tells keys apart without showing them. */
export function keyFingerprint(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

const KEPT = 1_000;

export interface CallRecord {
  add(request: PartnerRequest, key: string | undefined, fault: FaultKind | undefined): void;
  /** The last thousand, oldest first. */
  list(): readonly RecordedCall[];
  /** All that were received, those no longer kept included. */
  count(): number;
  clear(): void;
}

export function createCallRecord(): CallRecord {
  let calls: RecordedCall[] = [];
  let received = 0;
  return {
    add({ method, path, query }, key, fault) {
      received += 1;
      const call = { method, path, query: query.toString() };
      calls.push({ ...call, key: key === undefined ? null : keyFingerprint(key), fault: fault ?? null });
      if (calls.length > KEPT) calls.shift();
    },
    list: () => calls,
    count: () => received,
    clear() {
      calls = [];
      received = 0;
    },
  };
}
