import { describe, expect, it } from 'vitest';
import {
  type EndpointRow,
  listensTo,
  rotatedSecrets,
  signingSecrets,
} from '../../../shared/domain/webhook/endpoint.ts';

const row: EndpointRow = {
  id: 'ep_1',
  url: 'https://hooks.example.com/in',
  description: '',
  event_types: ['booking.created'],
  is_active: true,
  disabled_reason: null,
  created_at: '2026-05-01T10:00:00Z',
  updated_at: '2026-05-01T10:00:00Z',
  last_success_at: null,
  last_failure_at: null,
  since: 4,
  sealed: '',
};

describe('an endpoint', () => {
  it('listens to the types it asked for, from its creation on, while it is switched on', () => {
    const created = { number: 5, type: 'booking.created' } as const;
    expect(listensTo(row, created)).toBe(true);
    expect(listensTo(row, { ...created, number: 4 })).toBe(false);
    expect(listensTo(row, { ...created, type: 'photo.uploaded' })).toBe(false);
    expect(listensTo({ ...row, event_types: ['*'] }, { ...created, type: 'photo.uploaded' })).toBe(true);
    expect(listensTo({ ...row, is_active: false }, created)).toBe(false);
  });

  it('signs with two secrets for a day after a rotation, and never with three', () => {
    const until = '2026-05-02T10:00:00Z';
    const once = rotatedSecrets({ current: 'a' }, 'b', until);
    expect(signingSecrets(once, new Date('2026-05-02T09:59:59Z'))).toEqual(['b', 'a']);
    expect(signingSecrets(once, new Date(until))).toEqual(['b']);
    const twice = rotatedSecrets(once, 'c', '2026-05-02T11:00:00Z');
    expect(signingSecrets(twice, new Date('2026-05-01T12:00:00Z'))).toEqual(['c', 'b']);
  });
});
