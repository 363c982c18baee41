import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newWebhookSecret, webhookSignature } from '../../../shared/platform/crypto/webhook-signature.ts';

const SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

describe('a webhook signature', () => {
  it('is that of the test vector of aristay.md §8.2', () => {
    const body =
      '{"type":"webhook.test","timestamp":"2025-10-02T13:00:00Z","company_id":"c_demo","data":{"message":"ping"}}';
    const message = { id: 'msg_01J9ZK6T3Q8V5W2X4Y6Z7A8B9C', timestamp: 1759410000, body };
    expect(webhookSignature([SECRET], message)).toBe('v1,aa/qof3EhB6j0PH5POllSDOR4yHMhdwf9CAc3zH62ys=');
  });

  it('is that of the test vector of integrations.md §5.1', () => {
    const body = '{"type":"reservation.updated","timestamp":"2026-11-21T09:30:00Z","data":{"id":"res_1"}}';
    const message = { id: 'msg_demo1', timestamp: 1795253400, body };
    expect(webhookSignature([SECRET], message)).toBe('v1,yHZc4g4TwA/hWblk2LlezRcPQ4igLOw+OJXyqpn9y20=');
  });

  it('is accepted by the published library with either of two live secrets, and with no other', () => {
    const [old, current, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
    const message = { id: 'msg_1', timestamp: Math.floor(Date.now() / 1000), body: '{"ñ":1}' };
    const headers = {
      'webhook-id': message.id,
      'webhook-timestamp': String(message.timestamp),
      'webhook-signature': webhookSignature([current, old], message),
    };
    for (const secret of [old, current]) {
      expect(new Webhook(secret).verify(message.body, headers)).toEqual({ ñ: 1 });
      expect(() => new Webhook(secret).verify('{"ñ":2}', headers)).toThrow();
    }
    expect(() => new Webhook(other).verify(message.body, headers)).toThrow();
  });

  it('comes from 32 random bytes', () => {
    const secrets = Array.from({ length: 20 }, newWebhookSecret);
    expect(new Set(secrets).size).toBe(20);
    for (const secret of secrets) expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
  });
});
