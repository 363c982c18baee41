import { generateKeyPairSync } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fcm } from '../../../infra/local/partners/fcm.ts';
import { google } from '../../../infra/local/partners/google.ts';
import { type PartnerServer, startPartner } from '../../../infra/local/partners/partner-server.ts';
import { issuedServiceAccount, ServiceAccountGrants } from '../../../infra/local/partners/service-account.ts';

const NOW = new Date('2026-11-21T09:30:00Z');
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const AUDIENCE = 'https://oauth2.googleapis.com/token';
const SECONDS = NOW.getTime() / 1_000;

let messaging: PartnerServer;
let oauth: PartnerServer;
let account: Record<string, string>;
let now = NOW;
beforeAll(async () => {
  const keyFile = await issuedServiceAccount();
  account = JSON.parse(keyFile);
  const serviceGrants = new ServiceAccountGrants(
    () => now,
    () => keyFile,
  );
  const options = { now: () => now, clientId: 'client', clientSecret: () => 'secret', serviceGrants };
  const tokenCall = google(options).find(({ name }) => name === 'google-oauth');
  if (tokenCall === undefined) throw new Error('There is no stand-in for tokens');
  [messaging, oauth] = await Promise.all([startPartner(fcm(serviceGrants)), startPartner(tokenCall)]);
});
beforeEach(() => {
  now = NOW;
  messaging.reset();
});
afterAll(() => Promise.all([messaging.close(), oauth.close()]));

async function tokenFor(claims: object = {}, { kid = account.private_key_id, pem = account.private_key ?? '' } = {}) {
  const good = { iss: account.client_email ?? '', aud: AUDIENCE, scope: SCOPE, iat: SECONDS, exp: SECONDS + 3_600 };
  const key = await importPKCS8(pem, 'RS256');
  const header = { alg: 'RS256', ...(kid === undefined ? {} : { kid }) };
  const assertion = await new SignJWT({ ...good, ...claims }).setProtectedHeader(header).sign(key);
  const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  const answer = await fetch(`${oauth.address}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type, assertion }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const GOOD = { token: 'phone', notification: { title: 'T', body: 'B' }, data: { a: 'b' } };
async function send(token: unknown, message: unknown = GOOD, project = account.project_id) {
  const answer = await fetch(`${messaging.address}/v1/projects/${project}/messages:send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  });
  const body = (await answer.json()) as { error?: { status: string; details: { errorCode?: string }[] } };
  return { status: answer.status, code: body.error?.status, fcm: body.error?.details[0]?.errorCode, body };
}

describe('tokens of service accounts', () => {
  it('are given for an assertion of the account, and end after an hour', async () => {
    const { status, body } = await tokenFor();
    expect([status, body]).toEqual([
      200,
      { access_token: expect.stringMatching(/^ya29\./), expires_in: 3_599, token_type: 'Bearer' },
    ]);
    expect((await send(body.access_token)).status).toBe(200);
    now = new Date(NOW.getTime() + 3_600_000);
    expect(await send(body.access_token)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', fcm: undefined });
  });

  it.each([
    [{ iss: 'somebody@else.iam.gserviceaccount.com' }, 'invalid_grant'],
    [{ aud: 'https://fcm.googleapis.com' }, 'invalid_grant'],
    [{ exp: SECONDS + 7_200 }, 'invalid_grant'],
    [{ iat: SECONDS - 7_200, exp: SECONDS - 3_600 }, 'invalid_grant'],
    [{ scope: 'https://www.googleapis.com/auth/cloud-platform' }, 'invalid_scope'],
  ])('are not given for %o', async (claims, error) => {
    expect(await tokenFor(claims)).toMatchObject({ status: 400, body: { error } });
  });

  it('are not given for a signature of another key, or under the name of another', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(await tokenFor({}, { pem })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await tokenFor({}, { kid: 'another' })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('messages', () => {
  let token: unknown;
  beforeEach(async () => {
    token = (await tokenFor()).body.access_token;
  });

  it('are kept as they came', async () => {
    const tagged = { ...GOOD, android: { notification: { tag: '1' } }, apns: { headers: { 'apns-collapse-id': '1' } } };
    expect((await send(token, tagged)).body).toEqual({ name: expect.stringMatching(/^projects\/.+\/messages\//) });
    expect(messaging.data?.get()).toEqual({ errors: {}, pushed: [tagged] });
  });

  it.each([
    ['no token', { notification: GOOD.notification }],
    ['a value that is no text', { ...GOOD, data: { task_id: 7 } }],
    ['a key that FCM keeps for itself', { ...GOOD, data: { from: 'us' } }],
    ['a field that there is not', { ...GOOD, tag: '1' }],
    ['more than 4 KB', { ...GOOD, data: { text: 'x'.repeat(4_096) } }],
    ['a collapse id above 64 bytes', { ...GOOD, apns: { headers: { 'apns-collapse-id': 'x'.repeat(65) } } }],
  ])('are refused with %s', async (_, message) => {
    expect(await send(token, message)).toMatchObject({ status: 400, code: 'INVALID_ARGUMENT', fcm: undefined });
    expect(messaging.data?.get()).toMatchObject({ pushed: [] });
  });

  it.each([
    ['UNREGISTERED', 404],
    ['SENDER_ID_MISMATCH', 403],
    ['INVALID_ARGUMENT', 400],
    ['THIRD_PARTY_AUTH_ERROR', 401],
    ['QUOTA_EXCEEDED', 429],
    ['UNAVAILABLE', 503],
    ['INTERNAL', 500],
  ])('find %s where a test has said so', async (code, status) => {
    messaging.data?.merge({ errors: { phone: code } });
    expect(await send(token)).toMatchObject({ status, fcm: code });
  });

  it('are nobody else’s project’s, and need a token', async () => {
    expect(await send(token, GOOD, 'another')).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
    expect(await send('ya29.none')).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });
});
