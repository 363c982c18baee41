import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../shared/domain/identity/user.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { aPhoto } from '../support/pictures.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

/** The samples of `aristay.md` S6 to S13, as the seed has them. */
const SAMPLES = {
  S6: {
    count: 1,
    next: null,
    previous: null,
    results: [
      {
        id: 12,
        title: 'Turnover clean',
        description: 'Full clean after check-out',
        status: 'pending',
        task_type: 'cleaning',
        priority: 'medium',
        assigned_to: 41,
        assigned_to_username: 'maria',
        property: 3,
        property_name: 'Lake House',
        due_date: '2025-10-02T15:00:00Z',
        created_at: '2025-10-01T08:12:44Z',
        checklist_id: 9,
        checklist_template: 'Standard turnover',
        checklist_progress: { percentage: 25, completed: 2, total: 8, remaining: 6 },
      },
    ],
  },
  S7: {
    id: 12,
    title: 'Turnover clean',
    description: 'Full clean after check-out',
    status: 'in-progress',
    task_type: 'cleaning',
    priority: 'high',
    assigned_to: 41,
    assigned_to_username: 'maria',
    property: 3,
    property_name: 'Lake House',
    due_date: '2025-10-02T15:00:00Z',
    created_at: '2025-10-01T08:12:44Z',
    checklist: {
      id: 9,
      template: 'Standard turnover',
      items: [
        { id: 71, text: 'Strip beds', completed: true, completed_at: '2025-10-02T13:02:10Z' },
        { id: 72, text: 'Wipe kitchen counters', completed: false, completed_at: null },
      ],
    },
    images: [
      {
        id: 5,
        image: 'https://api.cosmo.com/media/task_images/12/0f…c3.webp',
        photo_type: 'before',
        uploaded_at: '2025-10-02T12:58:00Z',
      },
    ],
  },
  S8: { id: 12, status: 'in-progress', notes: 'Started, one lamp broken', updated_at: '2025-10-02T13:00:00Z' },
  S9: { percentage: 25, completed: 2, total: 8, remaining: 6 },
  S10: {
    id: 5,
    image: 'https://api.cosmo.com/media/task_images/12/0f…c3.webp',
    photo_type: 'before',
    photo_type_display: 'Before Photo',
    photo_status: 'pending',
    photo_status_display: 'Pending Review',
    sequence_number: 1,
    is_primary: true,
    description: 'Kitchen on arrival',
    uploaded_at: '2025-10-02T12:58:00Z',
    uploaded_by: 41,
    uploaded_by_username: 'maria',
    size_bytes: 412_331,
    width: 1_920,
    height: 1_080,
  },
  S11: {
    count: 1,
    results: [
      {
        id: 5,
        image: 'https://…/0f…c3.webp',
        photo_type: 'before',
        uploaded_at: '2025-10-02T12:58:00Z',
      },
    ],
  },
  S12: {
    task_counts: { total: 1, pending: 0, in_progress: 1, completed: 0 },
    recent_tasks: [{ id: 12, title: 'Turnover clean', status: 'in-progress', due_date: '2025-10-02T15:00:00Z' }],
    notifications: [
      { id: 88, message: 'New task assigned: Turnover clean', created_at: '2025-10-01T08:12:45Z', is_read: false },
    ],
  },
  S13: { total: 1, pending: 0, in_progress: 1, completed: 0 },
} as const;

/** Values that the sample made up, of which only the form counts (§0.2): ids, instants, addresses, sizes, names of people. */
const FORMS: Readonly<Record<string, RegExp>> = {
  id: /^\d+$/,
  assigned_to: /^\d+$/,
  uploaded_by: /^\d+$/,
  property: /^\d+$/,
  checklist_id: /^\d+$/,
  size_bytes: /^\d+$/,
  assigned_to_username: /^\S+$/,
  uploaded_by_username: /^\S+$/,
  created_at: /^2025-10-01T08:\d\d:\d\dZ$/,
  updated_at: /^2025-10-02T13:\d\d:\d\dZ$/,
  completed_at: /^2025-10-02T13:\d\d:\d\dZ$/,
  uploaded_at: /^2025-10-02T12:5\d:\d\dZ$/,
  image: /^http.+\.webp(\?.+)?$/,
};

/** The differences between a sample and an answer: names, nesting, types, null or not, and every literal that is none of {@link FORMS}. */
function differences(sample: unknown, answer: unknown, path = ''): readonly string[] {
  if (Array.isArray(sample)) {
    if (!Array.isArray(answer) || answer.length !== sample.length) return [`${path} has another length`];
    return sample.flatMap((each, at) => differences(each, answer[at], `${path}[${at}]`));
  }
  if (typeof sample === 'object' && sample !== null) {
    if (typeof answer !== 'object' || answer === null) return [`${path} is no object`];
    return Object.entries(sample).flatMap(([name, value]) =>
      name in answer
        ? differences(value, answer[name as keyof typeof answer], `${path}.${name}`)
        : [`${path}.${name} is missing`],
    );
  }
  const form = FORMS[path.split('.').at(-1) ?? ''];
  const fits = typeof sample === typeof answer && (form ? form.test(String(answer)) : sample === answer);
  return fits || (sample === null && answer === null) ? [] : [`${path} is ${JSON.stringify(answer)}`];
}

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const done = async (answer: Promise<ApiAnswer>) => {
  const { status, body, text } = await answer;
  expect(status, text).toBeLessThan(300);
  return body;
};

/** A company of its own, on the morning before the day of the samples, with Maria's task. */
async function aCompany(titles: readonly string[], wanted: object = {}) {
  await cloud.setTime('2025-10-01T08:12:44Z');
  const company = await cloud.given.aCompany();
  const boss = await cloud.given.aUser(company, { role: 'manager' });
  const maria = await cloud.given.aUser(company, { role: 'member' });
  const manager = await cloud.client.signIn(boss.email, PASSWORD);
  const post = (path: string, body: object) => done(manager.call('POST', path, { body }));
  const items = titles.map((title, order) => ({ title, order }));
  await post('/api/checklists/create/', { name: 'Standard turnover', task_type: 'cleaning', items });
  const { id: property } = await post('/api/properties/', { name: 'Lake House', units: [{ unit_number: '1' }] });
  const { id } = await post('/api/tasks/', {
    title: 'Turnover clean',
    description: 'Full clean after check-out',
    property,
    assigned_to: maria.number,
    due_date: '2025-10-02T15:00:00Z',
    ...wanted,
  });
  return { task: Number(id), maria };
}

const signIn = ({ email }: User): Promise<ApiClient> => cloud.client.signIn(email, PASSWORD);
const tick = (client: ApiClient, response: number) =>
  done(client.call('POST', `/api/staff/checklist/${response}/update/`, { body: { completed: true } }));

describe('the samples of the seed are answered: names, nesting, types, words', () => {
  it('S6 and S9: the list of tasks, and how far a checklist is', async () => {
    const titles = ['Strip beds', 'Wipe kitchen counters', 'Mop', 'Dust', 'Windows', 'Towels', 'Bin', 'Keys'];
    const { task, maria } = await aCompany(titles);
    const client = await signIn(maria);
    await tick(client, task * 1_000 + 1);
    await tick(client, task * 1_000 + 2);
    expect(differences(SAMPLES.S6, await done(client.get('/api/staff/tasks/')))).toEqual([]);
    expect(await done(client.get(`/api/staff/tasks/${task}/progress/`))).toEqual(SAMPLES.S9);
  });

  it('S7, S8 and S10 to S13: one task, a change of it, its photos, the dashboard and the counts', async () => {
    const { task, maria } = await aCompany(['Strip beds', 'Wipe kitchen counters'], { priority: 'high' });
    await cloud.setTime('2025-10-02T12:58:00Z');
    const early = await signIn(maria);
    const file = { name: 'kitchen.jpg', bytes: await aPhoto(1_920, 1_080) };
    const fields = { photo_type: 'before', description: 'Kitchen on arrival' };
    const photo = early.upload(`/api/tasks/${task}/images/create/`, file, { field: 'image', fields });
    expect(differences(SAMPLES.S10, await done(photo))).toEqual([]);

    await cloud.setTime('2025-10-02T13:00:00Z');
    const client = await signIn(maria);
    const body = { status: 'in-progress', notes: 'Started, one lamp broken' };
    const changed = await done(client.call('PATCH', `/api/staff/tasks/${task}/`, { body }));
    expect(differences(SAMPLES.S8, changed)).toEqual([]);
    expect(Object.keys(changed).sort()).toEqual(Object.keys(SAMPLES.S8).sort());
    await tick(client, task * 1_000 + 1);
    const answers = {
      S7: await done(client.get(`/api/staff/tasks/${task}/`)),
      S11: await done(client.get(`/api/tasks/${task}/images/`)),
      S12: await done(client.get('/api/staff/dashboard/')),
      S13: await done(client.get('/api/staff/task-counts/')),
    };
    for (const [name, answer] of Object.entries(answers)) {
      expect([name, differences(SAMPLES[name as keyof typeof answers], answer)]).toEqual([name, []]);
    }
  });

  it('and a difference would be noticed', () => {
    const { S6 } = SAMPLES;
    const [row] = S6.results;
    expect(differences(S6, { ...S6, results: [{ ...row, status: 'open', property: null }] })).toEqual([
      '.results[0].status is "open"',
      '.results[0].property is null',
    ]);
    expect(differences(SAMPLES.S9, { percentage: '25', completed: 2, total: 8 })).toEqual([
      '.percentage is "25"',
      '.remaining is missing',
    ]);
  });
});
