import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CallOut,
  type OutboundAnswer,
  OutboundFailed,
  type OutboundRequest,
} from '../../../shared/platform/outbound/outbound-call.ts';
import { fcmPush, type Push } from '../../../shared/platform/push/fcm.ts';

const NOW = new Date('2026-06-03T10:00:00Z');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const PEM = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const ACCOUNT = {
  type: 'service_account',
  project_id: 'hotel-sol',
  private_key_id: 'key-1',
  private_key: PEM,
  client_email: 'push@hotel-sol.iam.gserviceaccount.com',
  client_id: '1',
};
const MESSAGE = { id: 'n.1', title: 'Task assigned', body: 'Clean', data: { task_id: '7' } };

const answer = (status: number, body: unknown): OutboundAnswer => ({
  status,
  headers: new Headers(),
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const TOKEN = answer(200, { access_token: 'ya29.first', expires_in: 3_599, token_type: 'Bearer' });
const SENT = answer(200, { name: 'projects/hotel-sol/messages/0:1' });

/** A failure as FCM words it. */
function failure(status: number, errorCode?: string, { message = 'no', fields = [] as readonly string[] } = {}) {
  const fcm = { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode };
  const fieldViolations = fields.map((field) => ({ field, description: 'no' }));
  const bad = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations };
  const details = [...(errorCode ? [fcm] : []), ...(fields.length > 0 ? [bad] : [])];
  return answer(status, { error: { code: status, message, status: 'NO', details } });
}

let calls: OutboundRequest[] = [];
let now = NOW;
beforeEach(() => {
  calls = [];
  now = NOW;
});

/** A client whose calls are answered in turn; the last answer stays. */
function client(answers: { readonly token?: readonly unknown[]; readonly send?: readonly unknown[] }, secret?: string) {
  const left = { token: [...(answers.token ?? [TOKEN])], send: [...(answers.send ?? [SENT])] };
  const callOut: CallOut = async (request) => {
    calls.push(request);
    const queue = request.address.endsWith('/token') ? left.token : left.send;
    const next = queue.length > 1 ? queue.shift() : queue[0];
    if (next instanceof Error) throw next;
    return next as OutboundAnswer;
  };
  const addresses = { fcm: 'https://fcm.test', oauth: 'https://oauth.test' };
  const secrets = { read: async () => secret ?? JSON.stringify(ACCOUNT) };
  return fcmPush({ addresses, callOut, secrets, clock: { now: () => now } });
}

const send = (push: Push) => push.send('device-token', MESSAGE);
/** The name and the words of what was thrown, or the outcome. */
const outcome = (push: Push) =>
  send(push).then(
    (value): string => value,
    (thrown: Error) => thrown.name,
  );
const asked = () => calls.filter(({ address }) => address.endsWith('/token')).length;

describe('a message', () => {
  it('goes to the project of the account as HTTP v1 has it', async () => {
    expect(await send(client({}))).toBe('delivered');
    const [, request] = calls;
    expect(request).toMatchObject({
      method: 'POST',
      address: 'https://fcm.test/v1/projects/hotel-sol/messages:send',
      headers: { authorization: 'Bearer ya29.first', 'content-type': 'application/json' },
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      message: {
        token: 'device-token',
        notification: { title: 'Task assigned', body: 'Clean' },
        data: { task_id: '7' },
        android: { notification: { tag: 'n.1' } },
        apns: { headers: { 'apns-collapse-id': 'n.1' } },
      },
    });
  });

  it.each([
    [failure(404, 'UNREGISTERED'), 'gone'],
    [failure(403, 'SENDER_ID_MISMATCH'), 'gone'],
    [
      failure(400, 'INVALID_ARGUMENT', { message: 'The registration token is not a valid FCM registration token' }),
      'gone',
    ],
    [failure(400, 'INVALID_ARGUMENT', { fields: ['message.token'] }), 'gone'],
    [failure(400, 'INVALID_ARGUMENT', { message: 'Android message is too big' }), 'PushRefused'],
    [failure(400, 'INVALID_ARGUMENT', { fields: ['message.data[0].value'] }), 'PushRefused'],
    [failure(400, undefined, { fields: ['message.notification'] }), 'PushRefused'],
    [failure(401, 'THIRD_PARTY_AUTH_ERROR'), 'PushRefused'],
    [failure(403), 'PushNotSetUp'],
    [failure(404), 'PushNotSetUp'],
    [failure(429, 'QUOTA_EXCEEDED'), 'PushUndelivered'],
    [failure(503, 'UNAVAILABLE'), 'PushUndelivered'],
    [failure(500, 'INTERNAL'), 'PushUndelivered'],
    [failure(500, 'SOMETHING_NEW'), 'PushUndelivered'],
    [answer(404, '<html>Not Found</html>'), 'PushUndelivered'],
    [answer(302, ''), 'PushUndelivered'],
    [new OutboundFailed('timeout'), 'PushUndelivered'],
  ])('that is answered %o', async (said, expected) => {
    expect(await outcome(client({ send: [said] }))).toBe(expected);
  });
});

describe('the access token', () => {
  it('is asked for by an assertion that the account has signed', async () => {
    await send(client({}));
    const form = new URLSearchParams(calls[0]?.body);
    expect([calls[0]?.address, form.get('grant_type')]).toEqual([
      'https://oauth.test/token',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ]);
    const options = { algorithms: ['RS256'], currentDate: NOW };
    const { payload, protectedHeader } = await jwtVerify(form.get('assertion') ?? '', publicKey, options);
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    const iat = NOW.getTime() / 1_000;
    expect(payload).toEqual({
      iss: ACCOUNT.client_email,
      aud: 'https://oauth2.googleapis.com/token',
      scope: 'https://www.googleapis.com/auth/firebase.messaging',
      iat,
      exp: iat + 3_600,
    });
  });

  it('is shared by all who send at once, and kept until five minutes before it ends', async () => {
    const push = client({});
    await Promise.all([send(push), send(push), send(push)]);
    now = new Date(NOW.getTime() + 3_298_000);
    await send(push);
    expect(asked()).toBe(1);
    now = new Date(NOW.getTime() + 3_299_000);
    await send(push);
    expect(asked()).toBe(2);
  });

  it('is asked for anew once where FCM no longer takes it, and no more than once', async () => {
    expect(await outcome(client({ send: [failure(401), SENT] }))).toBe('delivered');
    expect([asked(), calls.length]).toEqual([2, 4]);
    calls = [];
    expect(await outcome(client({ send: [failure(401)] }))).toBe('PushUndelivered');
    expect([asked(), calls.length]).toEqual([2, 4]);
  });

  it('of another key is another', async () => {
    const keys = [ACCOUNT, { ...ACCOUNT, private_key_id: 'key-2' }].map((account) => JSON.stringify(account));
    const secrets = { read: async () => keys.shift() ?? '' };
    const callOut: CallOut = async (request) => {
      calls.push(request);
      return request.address.endsWith('/token') ? TOKEN : SENT;
    };
    const addresses = { fcm: 'https://fcm.test', oauth: 'https://oauth.test' };
    const push = fcmPush({ addresses, callOut, secrets, clock: { now: () => now } });
    await send(push);
    await send(push);
    expect(asked()).toBe(2);
  });

  it.each([
    [answer(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }), 'PushNotSetUp'],
    [answer(401, { error: 'invalid_client' }), 'PushNotSetUp'],
    [answer(429, {}), 'PushUndelivered'],
    [answer(503, ''), 'PushUndelivered'],
    [answer(200, { token: 'of another kind' }), 'PushUndelivered'],
    [new OutboundFailed('unreachable'), 'PushUndelivered'],
  ])('that is refused with %o is asked for again the next time', async (said, expected) => {
    const push = client({ token: [said, TOKEN] });
    expect(await outcome(push)).toBe(expected);
    expect(await outcome(push)).toBe('delivered');
  });
});

describe('a secret that is no service account', () => {
  it.each([
    'to-be-set-by-the-operator',
    '',
    '[]',
    JSON.stringify({ ...ACCOUNT, type: 'authorized_user' }),
    JSON.stringify({ ...ACCOUNT, project_id: '../other' }),
    JSON.stringify({ ...ACCOUNT, private_key: 'none' }),
  ])('calls nobody: %s', async (secret) => {
    expect(await outcome(client({}, secret))).toBe('PushNotSetUp');
    expect(calls).toEqual([]);
  });

  it('nor does one whose key cannot be read, and no error quotes anything of it', async () => {
    const broken = `${PEM.slice(0, 200)}\n-----END PRIVATE KEY-----\n`;
    const push = client({}, JSON.stringify({ ...ACCOUNT, private_key: broken }));
    const thrown = await send(push).catch((error: Error) => error);
    expect(thrown).toMatchObject({ name: 'PushNotSetUp' });
    expect((thrown as Error).cause).toBeUndefined();
    expect(String((thrown as Error).stack)).not.toContain(PEM.slice(60, 90));
    expect(calls).toEqual([]);
  });
});
