import * as z from 'zod';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';
import { scriptedData } from './partner-data.ts';

/** Passes as often as it is shown, as Cloudflare's own dummy does. */
export const DUMMY_TOKEN = 'XXXX.DUMMY.TOKEN.XXXX';

const turnstileData = z.strictObject({
  /** The site on which widgets were solved. */
  hostname: z.string(),
  /** Codes with which every check fails. */
  error_codes: z.array(z.string()),
});

interface TurnstileOptions {
  readonly now: () => Date;
  /** The widget's secret. */
  readonly secret: () => string;
}

/**
 * Cloudflare Turnstile's check (`integrations.md` §4.3). Every token passes once, but one that begins with `bad`; the
 * dummy passes always.
 */
export function turnstile({ now, secret }: TurnstileOptions): Partner {
  const data = scriptedData(turnstileData, () => ({ hostname: 'localhost', error_codes: [] }));
  /** Redeemed tokens, with the key under which the same check may be repeated. */
  const spent = new Map<string, string>();
  const refused = (...codes: readonly string[]): PartnerAnswer => ({
    status: 200,
    body: { success: false, 'error-codes': codes, messages: [] },
  });

  function problemOf(fields: ReadonlyMap<string, string>): string | undefined {
    const token = fields.get('response') ?? '';
    if (!fields.get('secret')) return 'missing-input-secret';
    if (fields.get('secret') !== secret()) return 'invalid-input-secret';
    if (token === '') return 'missing-input-response';
    if (token.length > 2_048 || token.startsWith('bad')) return 'invalid-input-response';
    const repeat = fields.get('idempotency_key') ?? '';
    if (spent.has(token) && (repeat === '' || spent.get(token) !== repeat)) return 'timeout-or-duplicate';
    if (token !== DUMMY_TOKEN) spent.set(token, repeat);
    return undefined;
  }

  return {
    name: 'turnstile',
    addressVariable: 'TURNSTILE_BASE_URL',
    data,
    faults: {
      down: { status: 503, body: 'Service Unavailable' },
      '401': refused('invalid-input-secret'),
      '429': { status: 429, body: 'Too Many Requests' },
    },
    keyOf: (request) => fieldsOf(request).get('secret'),
    answer(request) {
      if (request.method !== 'POST' || request.path !== '/turnstile/v0/siteverify')
        return { status: 404, body: 'Not found' };
      const { hostname, error_codes: codes } = data.get();
      if (codes.length > 0) return refused(...codes);
      const problem = problemOf(fieldsOf(request));
      if (problem !== undefined) return refused(problem);
      const facts = { challenge_ts: now().toISOString(), hostname, action: '', cdata: '', metadata: {} };
      return { status: 200, body: { success: true, 'error-codes': [], ...facts } };
    },
    reset: () => spent.clear(),
  };
}

/** A form or JSON. */
function fieldsOf({ headers, body }: PartnerRequest): ReadonlyMap<string, string> {
  const text = body.toString('utf8');
  if (headers['content-type']?.startsWith('application/json') !== true) return new Map(new URLSearchParams(text));
  try {
    return new Map(Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)]));
  } catch {
    return new Map();
  }
}
