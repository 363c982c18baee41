import { expect, it } from 'vitest';
import { turnstile } from '../../../shared/platform/captcha/turnstile.ts';
import { webhookPath } from '../../../shared/platform/discord/discord-webhook.ts';
import { OutboundFailed, type OutboundRequest } from '../../../shared/platform/outbound/outbound-call.ts';

const attempt = { token: 'token', address: '203.0.113.7', idempotencyKey: '3fa85f64-5717-4562-b3fc-2c963f66afa6' };

/** Checks with a service that answers as listed; an error is thrown. */
async function verify(answers: readonly (object | Error)[], settings: { secret?: string; hostnames?: string[] } = {}) {
  const sent: OutboundRequest[] = [];
  const captcha = turnstile({
    base: 'https://challenges.cloudflare.com',
    secret: async () => settings.secret ?? ' secret ',
    hostnames: settings.hostnames ?? [],
    refusesTestSecrets: true,
    callOut: async (request) => {
      const answer = answers[sent.push(request) - 1] ?? {};
      if (answer instanceof Error) throw answer;
      return { status: 200, headers: new Headers(), text: JSON.stringify(answer) };
    },
  });
  return { ...(await captcha.verify(attempt)), sent };
}

it('sends the token, the visitor and a key of its own, and repeats a failed check under the same one', async () => {
  const { kind, sent } = await verify([new OutboundFailed('unreachable'), { success: true }]);
  expect([kind, sent.length]).toEqual(['accepted', 2]);
  expect(sent[0]).toEqual(sent[1]);
  expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
    secret: 'secret',
    response: 'token',
    remoteip: attempt.address,
    idempotency_key: attempt.idempotencyKey,
  });
});

it.each([
  [{ success: false, 'error-codes': ['timeout-or-duplicate'] }, 'rejected', 1],
  [{ success: false, 'error-codes': ['invalid-input-secret'] }, 'unavailable', 1],
  [{ success: false, 'error-codes': ['internal-error'] }, 'unavailable', 2],
  [{ success: 'true' }, 'unavailable', 2],
])('%j is %s after %i calls', async (answer, kind, calls) => {
  const verdict = await verify([answer, answer]);
  expect([verdict.kind, verdict.sent.length]).toEqual([kind, calls]);
});

it('takes tokens of our own sites alone, where they are named', async () => {
  const ok = { success: true, hostname: 'stay-sidekick.com' };
  expect((await verify([ok], { hostnames: ['stay-sidekick.com'] })).kind).toBe('accepted');
  expect((await verify([{ ...ok, hostname: 'evil.example.com' }], { hostnames: ['stay-sidekick.com'] })).kind).toBe(
    'rejected',
  );
  expect((await verify([{ success: true }], { hostnames: ['stay-sidekick.com'] })).kind).toBe('rejected');
});

it("refuses to work with Cloudflare's published secrets", async () => {
  const verdict = await verify([{ success: true }], { secret: '1x0000000000000000000000000000000AA' });
  expect([verdict.kind, verdict.sent]).toEqual(['unavailable', []]);
});

it.each([
  ['https://discord.com/api/webhooks/1/abc-DEF_9', '/api/webhooks/1/abc-DEF_9'],
  ['https://canary.discord.com/api/v10/webhooks/1/abc', '/api/v10/webhooks/1/abc'],
  ['https://discord.com.example.com/api/webhooks/1/abc', undefined],
  ['http://discord.com/api/webhooks/1/abc', undefined],
  ['https://discord.com/api/users/1', undefined],
  ['to-be-set-by-the-operator', undefined],
])('%s leads to %s', (address, path) => {
  expect(webhookPath(address)).toBe(path);
});
