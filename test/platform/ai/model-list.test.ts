import { expect, it } from 'vitest';
import { listModels, ModelsUnread } from '../../../shared/platform/ai/model-list.ts';
import { type CallOut, OutboundFailed } from '../../../shared/platform/outbound/outbound-call.ts';

const env = {
  GEMINI_BASE_URL: 'https://generativelanguage.googleapis.com',
  OPENAI_BASE_URL: 'https://api.openai.com',
  ANTHROPIC_BASE_URL: 'https://api.anthropic.com',
  PARTNER_HOSTS: 'official',
} as const;
const asking = { env, apiKey: 'key', signal: AbortSignal.timeout(5_000) };

/** Answers each page of a list and keeps what was asked. */
function pages(...bodies: object[]) {
  const asked: string[] = [];
  return {
    asked,
    callOut: (async ({ address }) => {
      asked.push(address);
      return { status: 200, headers: new Headers(), text: JSON.stringify(bodies.shift()) };
    }) satisfies CallOut,
  };
}

it('every vendor is listed page by page, its key in a header alone', async () => {
  const gemini = pages({ models: [{ name: 'models/a' }], nextPageToken: 'n' }, { models: [{ name: 'models/b' }] });
  expect([...(await listModels('gemini', { ...asking, callOut: gemini.callOut }))]).toEqual(['a', 'b']);
  const claude = pages({ data: [{ id: 'c' }], has_more: true, last_id: 'c' }, { data: [{ id: 'd' }] });
  expect([...(await listModels('claude', { ...asking, callOut: claude.callOut }))]).toEqual(['c', 'd']);
  const openai = pages({ data: [{ id: 'e' }] });
  expect([...(await listModels('openai', { ...asking, callOut: openai.callOut }))]).toEqual(['e']);
  expect([...gemini.asked, ...claude.asked, ...openai.asked].map((address) => new URL(address).search)).toEqual([
    '?pageSize=200',
    '?pageSize=200&pageToken=n',
    '?limit=100',
    '?limit=100&after_id=c',
    '',
  ]);
});

it.each([
  ['no answer', async () => Promise.reject(new OutboundFailed('timeout')), 'timeout'],
  ['another shape', pages({ items: [] }).callOut, 'unexpected answer'],
] as const)('%s is told without the key', async (_, call, reason) => {
  const failure = await listModels('openai', { ...asking, callOut: call }).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(ModelsUnread);
  expect(failure).toMatchObject({ reason });
});
