import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openOutbox } from '../../../infra/local/outbox/outbox.ts';
import { mailgun } from '../../../infra/local/partners/mailgun.ts';
import { type PartnerServer, startPartner } from '../../../infra/local/partners/partner-server.ts';
import { MailRefused, MailUndelivered, mailgunMailer } from '../../../shared/platform/mail/mailer.ts';

const outbox = openOutbox(undefined);
const DOMAIN = 'mg.example.com';
let partner: PartnerServer;
beforeAll(async () => {
  const now = () => new Date('2026-11-21T09:30:00Z');
  partner = await startPartner(mailgun({ outbox, now, domain: DOMAIN, apiKey: () => 'key' }));
});
beforeEach(() => {
  partner.reset();
  outbox.clear();
});
afterAll(() => partner.close());

const mailer = (key = 'key', domain = DOMAIN) =>
  mailgunMailer(
    { baseUrl: partner.address, domain, sender: 'Stay Ops <avisos@mg.example.com>' },
    { read: async () => key },
  );
const MAIL = { id: 'out_1', to: 'ines@example.org', subject: 'Llegadas tardías', text: 'Hoy llega…' };

function post(fields: readonly (readonly [string, string])[], headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return fetch(`${partner.address}/v3/${DOMAIN}/messages`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Basic ${Buffer.from('api:key').toString('base64')}`, ...headers },
  });
}
const COMPLETE = [
  ['from', 'ops@example.com'],
  ['to', 'ines@example.org'],
  ['subject', 'Hola'],
  ['text', 'Prueba'],
] as const;
const without = (field: string) => COMPLETE.filter(([name]) => name !== field);

describe('mail that our own client sends', () => {
  it('ends in the outbox as it was written', async () => {
    await mailer().send(MAIL);
    expect(outbox.list()).toEqual([
      {
        n: 1,
        id: expect.stringMatching(/^<20261121093000\..*@mg\.example\.com>$/),
        date: '2026-11-21T09:30:00.000Z',
        from: 'Stay Ops <avisos@mg.example.com>',
        to: 'ines@example.org',
        subject: 'Llegadas tardías',
        text: 'Hoy llega…',
        headers: { 'X-Ops-Id': 'out_1' },
        attachments: [],
      },
    ]);
  });

  it('is refused for ever when the address is none', async () => {
    await expect(mailer().send({ ...MAIL, to: 'nobody' })).rejects.toThrow(MailRefused);
  });

  it.each([
    ['a wrong key', () => mailer('other').send(MAIL)],
    ['a foreign domain', () => mailer('key', 'other.example.com').send(MAIL)],
  ])('is not delivered with %s', async (_, send) => {
    await expect(send()).rejects.toThrow(MailUndelivered);
    expect(outbox.list()).toEqual([]);
  });

  it.each(['down', '401', '429', 'refuse'] as const)(
    'meets the fault %s as often as set, then passes',
    async (fault) => {
      partner.fault.set({ fault, times: 2 });
      await expect(mailer().send(MAIL)).rejects.toThrow(MailUndelivered);
      expect(partner.fault.current()).toEqual({ fault, times: 1 });
      await expect(mailer().send(MAIL)).rejects.toThrow(MailUndelivered);
      await mailer().send(MAIL);
      expect(outbox.list()).toHaveLength(1);
      expect(partner.calls()).toBe(3);
    },
  );

  it('may go out though its answer comes too late', async () => {
    partner.fault.set({ fault: 'slow', times: 1, delay_ms: 60_000 });
    const late = post(COMPLETE);
    late.catch(() => undefined);
    await expect.poll(() => outbox.list().length).toBe(1);
  });
});

describe("the stand-in's answers", () => {
  it('200 with the id of the message', async () => {
    const answer = await post(COMPLETE);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { id: outbox.find(1)?.id, message: 'Queued. Thank you.' },
    ]);
  });

  it.each([
    [without('to'), 'to parameter is missing'],
    [without('from'), 'from parameter is missing'],
    [without('text'), 'Need at least one of'],
    [[...without('to'), ['to', '"Doe, Jane" <not an address>']], 'is not a valid address'],
    [
      [...without('to'), ...Array.from({ length: 1001 }, (_, i) => ['to', `a${i}@example.org`] as const)],
      'Too many recipients',
    ],
    [[...COMPLETE, ['h:X-Long', 'x'.repeat(16_001)]], '16 kB'],
  ] as const)('400 with a sentence (%#)', async (fields, sentence) => {
    const answer = await post(fields);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).toContain(sentence);
    expect(outbox.list()).toEqual([]);
  });

  it('401 is plain text', async () => {
    const answer = await post(COMPLETE, { authorization: 'Basic nothing' });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      401,
      'text/plain',
      'Forbidden',
    ]);
  });

  it('a name with a comma is one recipient', async () => {
    await post([...without('to'), ['to', '"Doe, Jane" <jane@example.org>'], ['to', 'b@example.org']]);
    expect(outbox.find(1)?.to).toBe('"Doe, Jane" <jane@example.org>, b@example.org');
  });
});
