import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anthropic } from '../../../infra/local/partners/ai-anthropic.ts';
import { gemini } from '../../../infra/local/partners/ai-gemini.ts';
import { openai } from '../../../infra/local/partners/ai-openai.ts';
import { type PartnerServer, startPartner } from '../../../infra/local/partners/partner-server.ts';
import type { AiFailed } from '../../../shared/platform/ai/ai-client.ts';
import { aiClients } from '../../../shared/platform/ai/ai-clients.ts';
import { callOut, type OutboundRequest } from '../../../shared/platform/outbound/outbound-call.ts';

const request = {
  model: '',
  system: 'Eres…',
  user: 'Idioma: es\n\nHola {NOMBRE}',
  mostTokens: 2_048,
  minimalReasoning: true,
  askedBy: 't_5f2c',
};
const MODELS = { gemini: 'gemini-3.5-flash-lite', openai: 'gpt-6-luna', claude: 'claude-haiku-5-5' } as const;
const VENDORS = ['gemini', 'openai', 'claude'] as const;

let servers: Record<(typeof VENDORS)[number], PartnerServer>;
const sent: OutboundRequest[] = [];
beforeAll(async () => {
  const [g, o, c] = await Promise.all([gemini(), openai(), anthropic()].map(startPartner));
  if (g === undefined || o === undefined || c === undefined) throw new Error('A stand-in is missing');
  servers = { gemini: g, openai: o, claude: c };
});
afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())));
beforeEach(() => {
  sent.length = 0;
  for (const server of Object.values(servers)) server.reset();
});

function clients() {
  const addresses = {
    GEMINI_BASE_URL: servers.gemini.address,
    OPENAI_BASE_URL: servers.openai.address,
    ANTHROPIC_BASE_URL: `${servers.claude.address}/`,
    PARTNER_HOSTS: 'any',
  } as const;
  return aiClients(addresses, (call, limits) => {
    sent.push(call);
    return callOut(call, limits);
  });
}

const ask = (vendor: (typeof VENDORS)[number], { apiKey = 'key', signal = AbortSignal.timeout(5_000) } = {}) =>
  clients()[vendor]({ request: { ...request, model: MODELS[vendor] }, apiKey, signal });

/** The problem of a call, with the wait that it asks for. */
async function problemOf(vendor: (typeof VENDORS)[number], options = {}) {
  const failed = (await ask(vendor, options).catch((thrown) => thrown)) as AiFailed;
  return [failed.problem, failed.details.retryAfterMs];
}

describe.each(VENDORS)('%s', (vendor) => {
  it('answers the text with the tokens that it counted, and is sent no sampling and no key in its address', async () => {
    const answer = await ask(vendor);
    expect(answer.text).toBe('[es] Hola {NOMBRE}');
    expect(answer.usage?.total).toBe((answer.usage?.input ?? 0) + (answer.usage?.output ?? 0));
    const [call] = sent;
    expect(call?.address).not.toContain('key');
    expect(call?.body).not.toMatch(/temperature|top_?[pk]/i);
    if (vendor === 'openai') expect(JSON.parse(call?.body ?? '')).toMatchObject({ store: false });
  });

  it.each([
    ['refusal', 'REFUSED'],
    ['blocked', 'REFUSED'],
    ['truncated', 'TRUNCATED'],
    ['empty', 'BAD_RESPONSE'],
    ['garbage', 'BAD_RESPONSE'],
    ['half', 'BAD_RESPONSE'],
    ['exhausted', 'QUOTA_EXHAUSTED'],
    ['overloaded', 'UPSTREAM_UNAVAILABLE'],
    ['timeout', 'TIMEOUT'],
    ['model_gone', 'MODEL_GONE'],
    ['not_allowed', 'AUTH_SCOPE'],
    ['bad_request', 'BAD_REQUEST'],
  ])('%s is %s', async (kind, problem) => {
    servers[vendor].data?.merge({ script: [kind] });
    expect((await problemOf(vendor))[0]).toBe(problem);
  });

  it('throttles with the time to wait, refuses a wrong key, and may be out of reach', async () => {
    servers[vendor].data?.merge({ script: ['throttled'], retry_after: 37 });
    expect(await problemOf(vendor)).toEqual(['RATE_LIMITED', 37_000]);
    expect(await problemOf(vendor, { apiKey: 'key-revoked' })).toEqual(['AUTH_INVALID', undefined]);
    servers[vendor].fault.set({ fault: 'refuse' });
    expect(await problemOf(vendor)).toEqual(['UPSTREAM_UNAVAILABLE', undefined]);
  });

  it('is left when the time is over', async () => {
    servers[vendor].fault.set({ fault: 'slow', delay_ms: 5_000 });
    expect(await problemOf(vendor, { signal: AbortSignal.timeout(50) })).toEqual(['TIMEOUT', undefined]);
  });
});

it('a deployed stage sends keys to the vendors alone', () => {
  const addresses = {
    GEMINI_BASE_URL: 'https://generativelanguage.googleapis.com',
    OPENAI_BASE_URL: 'https://api.openai.com',
    ANTHROPIC_BASE_URL: 'https://api.anthropic.com.example.com',
    PARTNER_HOSTS: 'official',
  } as const;
  expect(() => aiClients(addresses, callOut)).toThrow(/^ANTHROPIC_BASE_URL/);
});
