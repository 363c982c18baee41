import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { DeviceRepository } from '../../shared/domain/notification/device.repository.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { aPhoto } from '../support/pictures.ts';
import { Pushed, registerDevice } from '../support/pushed.ts';
import { allRows } from '../support/table-rows.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let pushed: Pushed;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2025-10-02T13:00:00Z' });
  pushed = new Pushed(cloud);
});
afterAll(() => cloud.close());

interface Person {
  readonly user: User;
  readonly client: ApiClient;
}

let company: Company;
let boss: Person;
let maria: Person;
beforeEach(async () => {
  pushed.reset();
  company = await cloud.given.aCompany();
  boss = await aPerson('manager');
  maria = await aPerson('member', ['maria-phone']);
});

/** Somebody with devices. */
async function aPerson(role: User['role'], devices: readonly string[] = [], of = company): Promise<Person> {
  const user = await cloud.given.aUser(of, { role });
  const client = await cloud.client.signIn(user.email, PASSWORD);
  for (const token of devices) await registerDevice(client, token);
  return { user, client };
}

type Body = Record<string, unknown>;
const post = (path: string, body: Body = {}, { client } = boss) => client.call('POST', path, { body });
const patch = (id: number, body: Body, { client } = boss) => client.call('PATCH', `/api/staff/tasks/${id}/`, { body });

async function aTask(body: Body = {}, by = boss): Promise<number> {
  const answer = await post('/api/tasks/', { title: 'Turnover clean', assigned_to: maria.user.number, ...body }, by);
  expect(answer.status).toBe(201);
  await cloud.cloud.drain();
  return Number(answer.body.id);
}

/** Lets everything that a call has brought come to rest. */
async function statusOf(call: Promise<{ readonly status: number }>): Promise<number> {
  const { status } = await call;
  await cloud.cloud.drain();
  return status;
}

const notificationsOf = async ({ client }: Person) => (await client.get('/api/notifications/')).body.results as Body[];
const titles = () => pushed.titles();

describe('a task that is given to somebody', () => {
  it('shows on each of their devices as aristay.md §7.6 says, and on nobody else’s', async () => {
    await registerDevice(maria.client, 'maria-tablet');
    await registerDevice(boss.client, 'boss-phone');
    await aPerson('member', ['colleague-phone']);
    await aPerson('admin', ['stranger-phone'], await cloud.given.aCompany());
    const id = await aTask();
    const [told] = await notificationsOf(maria);
    const tag = `${company.id}.${told?.id}`;
    const message = {
      notification: { title: 'Task assigned', body: 'Turnover clean' },
      data: {
        task_id: String(id),
        notification_id: String(told?.id),
        verb: 'assigned',
        click_action: 'FLUTTER_NOTIFICATION_CLICK',
      },
      android: { notification: { tag } },
      apns: { headers: { 'apns-collapse-id': tag } },
    };
    const byToken = pushed.all().toSorted((a, b) => a.token.localeCompare(b.token));
    expect(byToken).toEqual([
      { token: 'maria-phone', ...message },
      { token: 'maria-tablet', ...message },
    ]);
    expect(await pushed.entries(company.id)).toMatchObject([{ estado: 'entregado', attempts: 1 }]);
  });

  it('shows as the very same in every answer, pushed or not', async () => {
    await aTask();
    const [told] = await notificationsOf(maria);
    expect(Object.keys(told ?? {}).sort()).toEqual([
      ...['created_at', 'id', 'is_read', 'message', 'read_at', 'task', 'task_title', 'verb', 'verb_label'],
    ]);
    const { body } = await maria.client.get('/api/notificaciones');
    expect(JSON.stringify(body)).not.toMatch(/push/);
  });

  it('brings no work where nobody who hears of it has a device', async () => {
    await registerDevice(boss.client, 'boss-phone');
    const other = await aPerson('member');
    await aTask({ assigned_to: other.user.number });
    expect(await notificationsOf(other)).toHaveLength(1);
    expect(await pushed.entries(company.id)).toEqual([]);
    expect(pushed.fcm.calls()).toBe(0);
  });
});

describe('who hears of a change on their devices', () => {
  it('is whoever hears of it in the app: never the author, nor who has muted the task', async () => {
    await registerDevice(boss.client, 'boss-phone');
    const id = await aTask();
    await statusOf(patch(id, { status: 'in-progress' }, maria));
    await statusOf(post(`/api/tasks/${id}/mute/`));
    await statusOf(patch(id, { status: 'completed' }, maria));
    expect(titles()).toEqual({ 'maria-phone': ['Task assigned'], 'boss-phone': ['Task status changed'] });
  });

  it('is who lost a task beside who got it', async () => {
    const jose = await aPerson('member', ['jose-phone']);
    const id = await aTask();
    expect(await statusOf(patch(id, { assigned_to: jose.user.number, due_date: '2025-10-09T10:00:00Z' }))).toBe(200);
    expect(titles()).toEqual({
      'maria-phone': ['Task assigned', 'Task unassigned'],
      'jose-phone': expect.arrayContaining(['Task assigned', 'Task due date changed']),
    });
  });

  it('is nobody by a device that somebody else has registered since, or that has not been seen for 400 days', async () => {
    const jose = await aPerson('member', ['maria-phone']);
    await aTask();
    expect(pushed.all()).toEqual([]);
    await aTask({ assigned_to: jose.user.number });
    expect(titles()).toEqual({ 'maria-phone': ['Task assigned'] });
    await cloud.passTime(401 * 86_400);
    const later = await cloud.client.signIn(boss.user.email, PASSWORD);
    await aTask({ assigned_to: jose.user.number }, { ...boss, client: later });
    expect(pushed.all()).toHaveLength(1);
    await cloud.setTime('2025-10-02T13:00:00Z');
  });

  it('is nobody by a device that somebody of another company has registered since, until its owner is back', async () => {
    const stranger = await aPerson('member', ['maria-phone'], await cloud.given.aCompany());
    await aTask();
    expect(pushed.all()).toEqual([]);
    expect(await pushed.entries(company.id)).toMatchObject([{ estado: 'entregado' }]);
    // What went to another company is forgotten here, so that the next change brings no work.
    await aTask();
    expect(await pushed.entries(company.id)).toHaveLength(1);
    await registerDevice(maria.client, 'maria-phone');
    await aTask();
    expect(titles()).toEqual({ 'maria-phone': ['Task assigned'] });
    const [own, theirs] = [
      new TenantScope(cloud.table, company.id),
      new TenantScope(cloud.table, stranger.user.empresa_id),
    ];
    const now = cloud.cloud.now();
    expect((await new DeviceRepository(own).listLive(now)).map(({ token }) => token)).toEqual(['maria-phone']);
    expect(await new DeviceRepository(theirs).listLive(now)).toEqual([]);
  });

  it('is one of two who register a device in the same moment', async () => {
    const people = await Promise.all(
      Array.from({ length: 4 }, async (_, at) =>
        aPerson('member', [], at % 2 === 0 ? company : await cloud.given.aCompany()),
      ),
    );
    await Promise.all(people.map(({ client }) => registerDevice(client, 'found-phone')));
    const owners = await Promise.all(
      people.map(async ({ user }) => {
        const live = await new DeviceRepository(new TenantScope(cloud.table, user.empresa_id)).listLive(
          cloud.cloud.now(),
        );
        return live.filter(({ token, user_id }) => token === 'found-phone' && user_id === user.id).length;
      }),
    );
    expect(owners.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('is nobody of a company that is erased, and its devices are free for others', async () => {
    const other = await cloud.given.aCompany();
    const stranger = await aPerson('member', ['found-phone'], company);
    await aPerson('member', ['found-phone'], other);
    const operator = await cloud.given.aUser(await cloud.given.aCompany(), { es_superadmin: true });
    const root = await cloud.client.signIn(operator.email, PASSWORD);
    expect(stranger.user.empresa_id).toBe(company.id);
    expect((await root.write('DELETE', `/api/empresas/${company.id}`)).status).toBe(200);
    await cloud.cloud.drain();
    const rows: string[] = [];
    for await (const { pk, text } of allRows(cloud.table.name)) if (pk.startsWith('P#DEVICE#')) rows.push(text);
    expect(rows.filter((text) => text.includes(company.id))).toEqual([]);
    expect(rows.filter((text) => text.includes(other.id))).toHaveLength(1);
  });

  it('is nobody once they have read it in the app', async () => {
    cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
    await aTask();
    cloud.cloud.faults.sqs.clear();
    await maria.client.call('POST', '/api/notifications/mark-all-read/');
    await cloud.passTime(180);
    await cloud.cloud.runSchedule('stay-ops-local-outbox-sweeper');
    await cloud.cloud.drain();
    expect(pushed.all()).toEqual([]);
    expect(await pushed.entries(company.id)).toMatchObject([{ estado: 'entregado' }]);
  });
});

describe('every path that changes tasks', () => {
  it('pushes: photos that are added, approved and deleted', async () => {
    await registerDevice(boss.client, 'boss-phone');
    const id = await aTask();
    const picture = { name: 'kitchen.jpg', bytes: await aPhoto(64, 48) };
    const images = `/api/tasks/${id}/images/`;
    expect(await statusOf(maria.client.upload(`${images}create/`, picture, { field: 'image' }))).toBe(201);
    const [photo] = (await boss.client.get(images)).body.results as Body[];
    const approved = { photo_status: 'approved' };
    expect(await statusOf(boss.client.call('PATCH', `${images}${photo?.id}/`, { body: approved }))).toBe(200);
    expect(await statusOf(boss.client.call('DELETE', `${images}${photo?.id}/`))).toBe(204);
    expect(titles()).toEqual({
      'boss-phone': ['Task photo added'],
      'maria-phone': ['Task assigned', 'Task photo approved', 'Task photo deleted'],
    });
  });

  it('pushes: what a device tells of its time offline, once however often it tells', async () => {
    await registerDevice(boss.client, 'boss-phone');
    const id = await aTask();
    const operation = { kind: 'set_status', key: 'op-1', at: '2025-10-02T12:10:00.250Z', task: id };
    const operations = [{ ...operation, status: 'in-progress' }];
    for (const _ of [1, 2]) expect(await statusOf(post('/api/sync/', { operations }, maria))).toBe(200);
    expect(titles()['boss-phone']).toEqual(['Task status changed']);
  });

  it('pushes: a manager who is asked for, once for several calls', async () => {
    await registerDevice(boss.client, 'boss-phone');
    const id = await aTask();
    for (const _ of [1, 2]) expect(await statusOf(post(`/api/tasks/${id}/notify_manager/`, {}, maria))).toBe(200);
    const [, asked] = pushed.all();
    expect(asked).toMatchObject({
      token: 'boss-phone',
      notification: { title: 'Task status changed', body: 'Turnover clean' },
      data: { task_id: String(id), verb: 'status_changed' },
    });
    expect(pushed.all()).toHaveLength(2);
  });

  it('pushes: a booking that brings a task of a template', async () => {
    const { id: property } = (await post('/api/properties/', { name: 'Lake House', units: [{ unit_number: '1' }] }))
      .body;
    const admin = await aPerson('admin');
    const template = {
      name: 'Welcome',
      title_template: 'Welcome the guest',
      task_type: 'preparation',
      timing_type: 'before_checkin',
      timing_offset: 1,
      default_assignee: maria.user.number,
    };
    expect(await statusOf(post('/api/auto-task-templates/', template, admin))).toBe(201);
    const stay = { check_in_date: '2025-10-10T15:00:00Z', check_out_date: '2025-10-12T10:00:00Z' };
    const booking = { property, guest_name: 'Ana Ruiz', ...stay };
    expect(await statusOf(post('/api/bookings/', booking, admin))).toBe(201);
    expect(pushed.all().map(({ token, notification }) => [token, notification.body])).toEqual([
      ['maria-phone', 'Welcome the guest'],
    ]);
  });

  it('pushes though the change leaves no room for it: a booking that moves the tasks of nine people with it', async () => {
    const units = [{ unit_number: '1' }, { unit_number: '2' }];
    const [lake, sea] = await Promise.all(
      ['Lake House', 'Sea House'].map(async (name) => (await post('/api/properties/', { name, units })).body),
    );
    const admin = await aPerson('admin');
    for (let at = 1; at <= 8; at += 1) {
      const { user } = await aPerson('member', [`phone-${at}`]);
      const texts = { title_template: '{guest_name}', description_template: 'For {guest_name}' };
      const timing = { timing_type: 'before_checkin', timing_offset: at };
      const template = { name: `T${at}`, task_type: 'preparation', ...texts, ...timing, default_assignee: user.number };
      expect(await statusOf(post('/api/auto-task-templates/', template, admin))).toBe(201);
    }
    const stay = { check_in_date: '2025-10-20T15:00:00Z', check_out_date: '2025-10-22T10:00:00Z' };
    const booking = { property: lake?.id, unit: '1', external_code: 'HM1', guest_name: 'Ana Ruiz', ...stay };
    const { body: made } = await post('/api/bookings/', booking, admin);
    const tasks = (await admin.client.get('/api/tasks/?page_size=100')).body.results as Body[];
    const turnover = tasks.find(({ title }) => String(title).startsWith('Turnover clean'));
    expect(await statusOf(patch(Number(turnover?.id), { assigned_to: maria.user.number }))).toBe(200);
    const change = (key: string, body: Body) => {
      const headers = { 'x-idempotency-key': key };
      return statusOf(admin.client.call('PATCH', `/api/bookings/${made.id}/`, { body, headers }));
    };
    expect(await change('off', { status: 'cancelled' })).toBe(200);
    const before = pushed.all().length;
    const dates = { check_in_date: '2025-10-24T15:00:00Z', check_out_date: '2025-10-27T10:00:00Z' };
    const place = { property: sea?.id, unit: '2', external_code: 'HM2' };
    expect(await change('on', { status: 'confirmed', guest_name: 'Luis Paz', ...place, ...dates })).toBe(200);
    const verbs = Map.groupBy(pushed.all().slice(before), ({ token }) => token);
    const heard = ['description_changed', 'due_date_changed', 'status_changed', 'title_changed'];
    for (let at = 1; at <= 8; at += 1) {
      expect(
        verbs
          .get(`phone-${at}`)
          ?.map(({ data }) => data.verb)
          .sort(),
      ).toEqual(heard);
    }
    expect(verbs.get('maria-phone')).toHaveLength(3);
  });

  it('does not push what is not about a task', async () => {
    const scope = new TenantScope(cloud.table, company.id);
    const told = { recipient: maria.user.id, verb: 'late_arrival', message: 'Late', occasion: '1' } as const;
    await new NotificationRepository(scope).addOnce([told], cloud.cloud.now());
    expect(await pushed.entries(company.id)).toEqual([]);
  });
});
