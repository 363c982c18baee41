import { format } from 'node:util';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { DeviceRepository } from '../../shared/domain/notification/device.repository.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { Pushed, registerDevice } from '../support/pushed.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const CLOCK = '2025-10-02T13:00:00Z';
const SWEEPER = 'stay-ops-local-outbox-sweeper';
const SECRET = 'stay-ops/local/FCM_SERVICE_ACCOUNT';
const TITLE = 'Canary clean at Ana Ruiz’s';

/** Everything that functions print. */
const printed: string[] = [];
function listen(): void {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  }
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...said) => void printed.push(format(...said)));
  }
}

let cloud: TestCloud;
let pushed: Pushed;
async function start(): Promise<void> {
  cloud = await startTestCloud({ clock: CLOCK, loud: true });
  pushed = new Pushed(cloud);
}
beforeAll(listen);
afterAll(async () => {
  await cloud.close();
  vi.restoreAllMocks();
});

let company: Company;
let boss: ApiClient;
let maria: User;
let devices: readonly string[];
let drawn = 0;
async function aWorld(): Promise<void> {
  pushed.reset();
  await cloud.setTime(CLOCK);
  company = await cloud.given.aCompany();
  boss = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
  maria = await cloud.given.aUser(company, { role: 'member' });
  const client = await cloud.client.signIn(maria.email, PASSWORD);
  drawn += 1;
  devices = ['phone', 'tablet'].map((name) => `canary-${name}-${drawn}`);
  for (const token of devices) await registerDevice(client, token);
}

/** A task for Maria, and all that it brings at once. */
async function assign(): Promise<number> {
  const body = { title: TITLE, assigned_to: maria.number };
  const { status } = await boss.call('POST', '/api/tasks/', { body });
  await cloud.cloud.drain();
  return status;
}

/** Lets the queue bring its messages back until the work has come to some end. */
async function untilEnd(): Promise<void> {
  for (let time = 0; time < 10 && (await states()).includes('pendiente'); time += 1) {
    cloud.cloud.advanceQueues(3_600_000);
    await cloud.cloud.drain();
  }
}

const entries = () => pushed.entries(company.id);
const states = async () => (await entries()).map(({ estado }) => estado);
const tokens = () =>
  pushed
    .all()
    .map(({ token }) => token)
    .sort();
const known = async () => {
  const live = await new DeviceRepository(new TenantScope(cloud.table, company.id)).listLive(cloud.cloud.now());
  return live.map(({ token }) => token).sort();
};

describe('while FCM', () => {
  beforeAll(start);
  beforeEach(aWorld);

  it('is down, tasks are saved, and devices hear of them once it is back', async () => {
    pushed.fcm.fault.set({ fault: 'down' });
    expect(await assign()).toBe(201);
    expect(await states()).toEqual(['pendiente']);
    pushed.fcm.fault.set({ fault: null });
    await untilEnd();
    expect([tokens(), await states()]).toEqual([devices, ['entregado']]);
  });

  it('stays down, the work is given up after five tries and waits for a person', async () => {
    pushed.fcm.fault.set({ fault: 'refuse' });
    expect(await assign()).toBe(201);
    await untilEnd();
    expect(await entries()).toMatchObject([{ estado: 'fallido', attempts: 5 }]);
    cloud.cloud.advanceQueues(3_600_000);
    await cloud.cloud.drain();
    expect(await cloud.deadLetters()).toEqual([expect.stringContaining(company.id)]);
  });

  it.each(['QUOTA_EXCEEDED', 'UNAVAILABLE', 'INTERNAL'])(
    'answers %s for one device, the others hear at once and nobody hears twice',
    async (code) => {
      const [phone = '', tablet = ''] = devices;
      pushed.failing({ [phone]: code });
      await assign();
      expect([tokens(), await states()]).toEqual([[tablet], ['pendiente']]);
      pushed.failing({});
      await untilEnd();
      expect([tokens(), await states()]).toEqual([devices, ['entregado']]);
    },
  );

  it.each(['UNREGISTERED', 'SENDER_ID_MISMATCH', 'INVALID_ARGUMENT'])(
    'answers %s, the device is forgotten and the others hear',
    async (code) => {
      const [phone = '', tablet = ''] = devices;
      pushed.failing({ [phone]: code });
      await assign();
      expect([tokens(), await states(), await known()]).toEqual([[tablet], ['entregado'], [tablet]]);
      pushed.failing({});
      await assign();
      expect(tokens()).toEqual([tablet, tablet]);
    },
  );

  it('cannot reach one kind of device, the others hear, nobody is forgotten, and the log says so', async () => {
    const [phone = '', tablet = ''] = devices;
    pushed.failing({ [phone]: 'THIRD_PARTY_AUTH_ERROR' });
    await assign();
    expect([tokens(), await states(), await known()]).toEqual([[tablet], ['rechazado'], devices]);
  });

  it('takes messages and its answers are lost, the repeat takes the place of the first', async () => {
    // So that the message is what is struck, and not what it takes to be let in.
    await assign();
    const before = pushed.all().length;
    pushed.fcm.fault.set({ fault: 'half_page', times: 1 });
    await assign();
    await untilEnd();
    const since = pushed.all().slice(before);
    expect([since.length, new Set(since.map(({ token }) => token)).size]).toEqual([3, 2]);
    expect(new Set(since.map(({ android }) => android.notification.tag)).size).toBe(1);
    expect(await states()).toEqual(['entregado', 'entregado']);
  });

  it('tells everything again that it was told, nothing of it is printed', async () => {
    pushed.fcm.fault.set({ fault: 'echo' });
    pushed.oauth.fault.set({ fault: 'echo' });
    await assign();
    await untilEnd();
    expect(tokens()).toEqual([]);
  });
});

describe('access tokens', () => {
  beforeAll(start);
  beforeEach(aWorld);

  it('are asked for once for many messages, and anew shortly before they end', async () => {
    await Promise.all([assign(), assign(), assign()]);
    expect([tokens().length, pushed.oauth.calls()]).toEqual([6, 1]);
    await cloud.passTime(3_300);
    await assign();
    expect([tokens().length, pushed.oauth.calls()]).toEqual([8, 2]);
  });

  it('that FCM no longer takes are asked for anew, once', async () => {
    await assign();
    const before = pushed.oauth.calls();
    pushed.fcm.reset();
    await assign();
    expect([tokens(), pushed.oauth.calls() - before, await states()]).toEqual([devices, 1, ['entregado', 'entregado']]);
  });

  it('cannot be had for a while, and messages wait', async () => {
    pushed.fcm.reset();
    pushed.oauth.fault.set({ fault: 'down' });
    expect(await assign()).toBe(201);
    expect([tokens(), await states()]).toEqual([[], ['pendiente']]);
    pushed.oauth.fault.set({ fault: null });
    await untilEnd();
    expect([tokens(), await states()]).toEqual([devices, ['entregado']]);
  });
});

describe('work that was committed', () => {
  beforeAll(start);
  beforeEach(aWorld);

  it('and whose process died before it told the worker is done by the sweeper', async () => {
    cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
    expect(await assign()).toBe(201);
    cloud.cloud.faults.sqs.clear();
    expect(tokens()).toEqual([]);
    for (const _ of [1, 2]) {
      await cloud.passTime(180);
      await cloud.cloud.runSchedule(SWEEPER);
      await cloud.cloud.drain();
    }
    expect([tokens(), await states()]).toEqual([devices, ['entregado']]);
  });

  it('is done once, however often its message comes', async () => {
    cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
    await assign();
    cloud.cloud.faults.sqs.clear();
    const [entry] = await entries();
    const body = JSON.stringify({ empresa_id: company.id, outbox_id: entry?.id });
    const Records = ['a', 'b', 'c'].map((messageId) => ({ messageId, body }));
    await Promise.all([1, 2].map(() => cloud.invoke('outbox-worker', { Records })));
    await cloud.invoke('outbox-worker', { Records });
    expect(tokens()).toEqual(devices);
  });

  it('and whose transaction was answered by nobody is done once', async () => {
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'internal', times: 1, carriedOut: true });
    expect(await assign()).toBe(201);
    expect([tokens(), await states()]).toEqual([devices, ['entregado']]);
  });
});

describe('without a service account', () => {
  beforeAll(async () => {
    await start();
    const put = { SecretId: SECRET, SecretString: 'to-be-set-by-the-operator' };
    await new SecretsManagerClient({}).send(new PutSecretValueCommand(put));
  });
  beforeEach(aWorld);

  it('tasks are saved, nothing is pushed, and the work ends at once with one line in the log', async () => {
    const before = printed.length;
    expect(await assign()).toBe(201);
    expect(await entries()).toMatchObject([{ estado: 'rechazado', attempts: 1 }]);
    expect([pushed.fcm.calls(), pushed.oauth.calls()]).toEqual([0, 0]);
    const refused = printed.slice(before).filter((line) => line.includes('"event":"OUTBOX_REFUSED"'));
    expect(refused).toEqual([expect.stringContaining('"cause":"PushNotSetUp"')]);
    expect(await known()).toEqual(devices);
  });
});

describe('the log of all this', () => {
  it('names the entries, and neither device nor title nor key', async () => {
    const log = printed.join('');
    for (const event of ['OUTBOX_DELIVERED', 'OUTBOX_RETRIED', 'OUTBOX_REFUSED']) {
      expect(log).toContain(`"event":"${event}"`);
    }
    const client = new SecretsManagerClient({});
    const versions = await Promise.all(
      (['AWSCURRENT', 'AWSPREVIOUS'] as const).map((VersionStage) =>
        client.send(new GetSecretValueCommand({ SecretId: SECRET, VersionStage })),
      ),
    );
    const account = JSON.parse(versions[1]?.SecretString ?? '{}') as Record<string, string>;
    const key = account.private_key?.split('\n').filter((line) => line.length > 20) ?? [];
    expect(key.length).toBeGreaterThan(10);
    const secrets = [
      'canary-',
      'Canary clean',
      'Ana Ruiz',
      'ya29.',
      'eyJhbGciOiJSUzI1NiI',
      account.client_email ?? '?',
    ];
    expect([...secrets, ...key].filter((secret) => log.includes(secret))).toEqual([]);
  });
});
