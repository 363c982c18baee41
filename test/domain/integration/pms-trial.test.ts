import { describe, expect, it } from 'vitest';
import type { PmsCredential } from '../../../shared/domain/integration/pms-credential.ts';
import { tryPmsCredential } from '../../../shared/domain/integration/pms-trial.ts';
import {
  type OutboundAnswer,
  OutboundFailed,
  type OutboundRequest,
} from '../../../shared/platform/outbound/outbound-call.ts';

const addresses = {
  smoobu: 'https://smoobu.example',
  beds24: 'https://beds24.example/api/v2',
  hostaway: 'https://hostaway.example/v1',
  cloudbeds: 'https://cloudbeds.example/api/v1.3',
};

type Step = readonly [status: number, body: unknown] | 'silence';

function answerOf([status, body]: readonly [number, unknown]): OutboundAnswer {
  return { status, headers: new Headers(), text: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** A provider that answers the steps one after another; remembers what it was asked. */
function provider(...steps: readonly Step[]) {
  const asked: OutboundRequest[] = [];
  const deps = {
    addresses,
    clock: { now: () => new Date('2026-11-21T09:30:00Z') },
    ids: { uuid: () => '3f2c1d9e-5b7a-4c41-9e0f-6a1b2c3d4e5f', next: () => 'unused' },
    callOut: async (request: OutboundRequest) => {
      const step = steps[asked.length] ?? 'silence';
      asked.push(request);
      if (step === 'silence') throw new OutboundFailed('timeout');
      return answerOf(step);
    },
  };
  const trial = async (credential: PmsCredential) => {
    const { verified, account, credential: kept } = await tryPmsCredential(deps, credential);
    return { verified, account, kept, paths: asked.map(({ address }) => new URL(address).pathname) };
  };
  return { asked, trial };
}

const smoobu = { proveedor: 'smoobu', key: 'usr_live_demo01', secret: 's3cr3t-demo' } as const;
const hostaway = { proveedor: 'hostaway', account: '61234', secret: '9f3c' } as const;
const cloudbeds = { proveedor: 'cloudbeds', key: 'cbat_x', property: null } as const;
const beds24 = (kind: 'invite' | 'refresh' | 'longlife' | 'bare', token = 'tok') =>
  ({ proveedor: 'beds24', kind, token }) as const;

describe.each([
  ['smoobu', smoobu],
  ['hostaway', hostaway],
  ['cloudbeds', cloudbeds],
  ['beds24 invite', beds24('invite')],
  ['beds24 refresh', beds24('refresh')],
  ['beds24 longlife', beds24('longlife')],
  ['beds24 bare', beds24('bare')],
] as const)('%s', (_, credential) => {
  it.each<readonly [string, Step]>([
    ['no answer', 'silence'],
    ['500', [500, { detail: 'x' }]],
    ['503', [503, 'busy']],
    ['429', [429, {}]],
    ['403', [403, {}]],
    ['a redirect', [302, '']],
    ['200 without JSON', [200, '<html>']],
    ['200 of another shape', [200, { hello: 1 }]],
  ])('%s settles nothing and is asked once', async (_name, step) => {
    const { trial, asked } = provider(step);
    expect(await trial(credential)).toMatchObject({ verified: null, account: null, kept: credential });
    expect(asked).toHaveLength(1);
  });

  it('401 refuses', async () => {
    const { trial } = provider([401, {}], [401, {}], [401, {}]);
    expect(await trial(credential)).toMatchObject({ verified: false, account: null, kept: credential });
  });
});

describe('Smoobu', () => {
  it('is asked with a signature, and says whose account it is', async () => {
    const { trial, asked } = provider([200, { id: 55012, firstName: 'Ada' }]);
    expect(await trial(smoobu)).toEqual({ verified: true, account: '55012', kept: smoobu, paths: ['/api/me'] });
    expect(Object.keys(asked[0]?.headers ?? {})).toEqual(['X-API-Key', 'X-Timestamp', 'X-Nonce', 'X-Signature']);
    expect(JSON.stringify(asked)).not.toContain(smoobu.secret);
  });

  it('is asked with the old header for a key without a secret, never with both', async () => {
    const { trial, asked } = provider([200, { id: 1 }]);
    expect(await trial({ ...smoobu, secret: null })).toMatchObject({ verified: true, account: '1' });
    expect(asked[0]?.headers).toEqual({ 'Api-Key': smoobu.key });
  });
});

describe('Hostaway', () => {
  it.each([{ access_token: 't' }, { status: 'success', result: { access_token: 't' } }])(
    'finds the token in %j',
    async (body) => {
      const { trial, asked } = provider([200, { token_type: 'Bearer', ...body }]);
      expect(await trial(hostaway)).toMatchObject({ verified: true, account: '61234', paths: ['/v1/accessTokens'] });
      expect(asked[0]).toMatchObject({
        method: 'POST',
        body: 'grant_type=client_credentials&client_id=61234&client_secret=9f3c&scope=general',
      });
    },
  );
});

describe('Cloudbeds', () => {
  const answer = { success: true, data: [{ propertyID: '190233' }, { propertyID: 190234 }] };

  it('takes the first property for a key that is pinned to none', async () => {
    const { trial, asked } = provider([200, answer]);
    expect(await trial(cloudbeds)).toMatchObject({ verified: true, account: '190233' });
    expect(asked[0]).toMatchObject({ address: `${addresses.cloudbeds}/getHotels`, headers: { 'x-api-key': 'cbat_x' } });
  });

  it('wants the property that the key is pinned to', async () => {
    const pinned = { ...cloudbeds, property: '190234' };
    const { trial, asked } = provider([200, answer]);
    expect(await trial(pinned)).toMatchObject({ verified: true, account: '190234' });
    expect(asked[0]?.headers).toEqual({ 'x-api-key': 'cbat_x', 'X-PROPERTY-ID': '190234' });
    expect(await provider([200, answer]).trial({ ...cloudbeds, property: '7' })).toMatchObject({ verified: false });
    const elsewhere = { success: false, message: 'None of the property ids match.' };
    expect(await provider([200, elsewhere]).trial(pinned)).toMatchObject({ verified: false });
  });

  it('reads an error that comes as 200 as no answer to the question', async () => {
    const { trial } = provider([200, { success: false, message: 'Try later' }]);
    expect(await trial(cloudbeds)).toMatchObject({ verified: null });
  });
});

describe('Beds24', () => {
  const details: Step = [200, { validToken: true, token: { ownerId: 48211, scopes: [] } }];
  const notValid: Step = [200, { validToken: false }];
  const paths = (...calls: string[]) => calls.map((call) => `/api/v2/authentication/${call}`);

  it('knows a long-life token by its details', async () => {
    expect(await provider(details).trial(beds24('longlife'))).toMatchObject({ verified: true, account: '48211' });
    expect(await provider(notValid).trial(beds24('longlife'))).toMatchObject({ verified: false });
  });

  it('knows a refresh token by the access token that it gives, and the account by that one', async () => {
    const { trial, asked } = provider([200, { token: 'acc' }], details);
    expect(await trial(beds24('refresh'))).toMatchObject({
      verified: true,
      account: '48211',
      paths: paths('token', 'details'),
    });
    expect(asked.map(({ headers }) => headers)).toEqual([{ refreshToken: 'tok' }, { token: 'acc' }]);
    const noOwner = provider([200, { token: 'acc' }], 'silence');
    expect(await noOwner.trial(beds24('refresh'))).toMatchObject({ verified: true, account: null });
  });

  it('exchanges an invite and keeps the refresh token, never the code', async () => {
    const { trial, asked } = provider([200, { token: 'acc', refreshToken: 'ref' }], details);
    expect(await trial(beds24('invite', 'CODE'))).toEqual({
      verified: true,
      account: '48211',
      kept: beds24('refresh', 'ref'),
      paths: paths('setup', 'details'),
    });
    expect(asked[0]?.headers).toMatchObject({ code: 'CODE' });
  });

  it('finds out what bare text is, the invite last', async () => {
    const asToken = provider(details);
    expect(await asToken.trial(beds24('bare'))).toMatchObject({
      verified: true,
      kept: beds24('longlife'),
      paths: paths('details'),
    });
    const asRefresh = provider(notValid, [200, { token: 'acc' }], details);
    expect(await asRefresh.trial(beds24('bare'))).toMatchObject({
      verified: true,
      kept: beds24('refresh'),
      paths: paths('details', 'token', 'details'),
    });
    const asInvite = provider([401, {}], [400, {}], [200, { token: 'acc', refreshToken: 'ref' }], details);
    expect(await asInvite.trial(beds24('bare'))).toMatchObject({
      verified: true,
      kept: beds24('refresh', 'ref'),
      paths: paths('details', 'token', 'setup', 'details'),
    });
  });

  it('does not burn what may be a code while an earlier question is open', async () => {
    const { trial } = provider([401, {}], [503, {}], [200, { token: 'acc', refreshToken: 'ref' }]);
    expect(await trial(beds24('bare'))).toMatchObject({
      verified: null,
      kept: beds24('bare'),
      paths: paths('details', 'token'),
    });
  });
});
