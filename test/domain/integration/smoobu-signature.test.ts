import { describe, expect, it } from 'vitest';
import { canonicalQuery, smoobuHeaders } from '../../../shared/domain/integration/smoobu-signature.ts';

const old = { key: 'usr_live_abc123', secret: 'your_api_secret' };
const demo = { key: 'usr_live_demo01', secret: 's3cr3t-demo' };

describe('the vectors of integrations.md §1.1.2', () => {
  it.each([
    {
      account: old,
      parts: {
        method: 'GET',
        path: '/api/reservations',
        query: { from: '2026-04-01', to: '2026-04-10' },
        now: new Date('2026-04-01T12:00:00Z'),
        nonce: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      },
      signature: 'Bu2/61pneyRyjQejH7PoCJC2P8iRm3NnC9R6CGFOQho=',
    },
    {
      account: old,
      parts: {
        method: 'POST',
        path: '/api/reservations',
        body: '{"apartmentId":123,"from":"2026-04-01","to":"2026-04-10"}',
        now: new Date('2026-04-01T12:00:00Z'),
        nonce: '550e8400-e29b-41d4-a716-446655440000',
      },
      signature: '64zVmuaX7u9BPPU7J8ruvr5rzoaCcpZtYgFoKGJOdig=',
    },
    {
      account: demo,
      parts: {
        method: 'GET',
        path: '/api/reservations',
        query: { page: '1', pageSize: '100', arrivalFrom: '2026-12-01', apartmentId: '210045' },
        now: new Date('2026-11-21T09:30:00Z'),
        nonce: '3f2c1d9e-5b7a-4c41-9e0f-6a1b2c3d4e5f',
      },
      signature: 'Z5wSHxzaw23kyYwnl/GHrBBhSkrDA6gKtTUGbaGdrjA=',
    },
  ])('$signature', ({ account, parts, signature }) => {
    expect(smoobuHeaders(account, parts)).toEqual({
      'X-API-Key': account.key,
      'X-Timestamp': `${parts.now.toISOString().slice(0, 19)}Z`,
      'X-Nonce': parts.nonce,
      'X-Signature': signature,
    });
  });
});

describe('the query that is signed and sent', () => {
  it('is sorted and encoded as RFC 3986 says', () => {
    expect(canonicalQuery({ 'status[]': "it's (new)!*", b: 'a b', a: 'ñ~' })).toBe(
      'a=%C3%B1~&b=a%20b&status%5B%5D=it%27s%20%28new%29%21%2A',
    );
    expect(canonicalQuery()).toBe('');
  });
});

describe('a signature', () => {
  const parts = { method: 'GET', path: '/api/me', now: new Date('2026-11-21T09:30:00.750Z'), nonce: 'n-1' };
  const signed = (changed: object) => smoobuHeaders(demo, { ...parts, ...changed })['X-Signature'];

  it('changes with everything that it speaks for', () => {
    const changes = [
      {},
      { method: 'POST' },
      { path: '/api/you' },
      { query: { a: '1' } },
      { body: '{}' },
      { nonce: 'n-2' },
      { now: new Date('2026-11-21T09:30:01Z') },
    ];
    const signatures = [
      ...changes.map(signed),
      smoobuHeaders({ ...demo, key: 'k' }, parts)['X-Signature'],
      smoobuHeaders({ ...demo, secret: 's' }, parts)['X-Signature'],
    ];
    expect(new Set(signatures).size).toBe(9);
  });

  it('does not depend on parts of a second, which the header has not', () => {
    expect(signed({ now: new Date('2026-11-21T09:30:00Z') })).toBe(signed({}));
  });
});
