import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { aPhoto } from '../support/pictures.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

/** The samples of `aristay.md` S1 to S19, as the seed has them. */
const SAMPLES = {
  S1: { access: 'eyJhbGciOiJIUzI1NiIs…', refresh: 'eyJhbGciOiJIUzI1NiIs…' },
  S2: { access: 'eyJ…' },
  S3: { detail: 'Token revoked' },
  S4: {
    id: 41,
    username: 'maria',
    email: 'maria@example.com',
    first_name: 'Maria',
    last_name: 'Lopez',
    profile: { task_group: 'cleaning', role: 'member' },
  },
  S5: { valid: true, task_group: 'cleaning', role: 'member', expires_at: '2026-01-31T23:59:59Z' },
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
  S14: {
    count: 1,
    results: [
      {
        id: 3,
        name: 'Lake House',
        address: '12 Lake Rd, Tampa, FL',
        property_type: 'house',
        total_units: 2,
        active_units: 2,
      },
    ],
  },
  S15: {
    id: 3,
    name: 'Lake House',
    address: '12 Lake Rd, Tampa, FL',
    property_type: 'house',
    total_units: 2,
    active_units: 2,
    units: [
      {
        id: 1,
        unit_number: '101',
        status: 'occupied',
        current_booking: {
          id: 20,
          guest_name: 'A. Guest',
          check_in: '2025-10-01T19:00:00Z',
          check_out: '2025-10-04T15:00:00Z',
        },
      },
      { id: 2, unit_number: '102', status: 'available', current_booking: null },
    ],
  },
  S16: {
    import_id: 'imp_000017',
    status: 'processing',
    total_rows: 40,
    processed_rows: 0,
    conflicts_found: 1,
    conflicts: [
      {
        row_number: 10,
        conflict_type: 'duplicate_booking',
        existing_booking: { id: 20, external_code: 'HMABC12345' },
        new_booking: { external_code: 'HMABC12345', guest_name: 'A. Guest' },
      },
    ],
  },
  S17: {
    count: 1,
    results: [
      {
        id: 20,
        external_code: 'HMABC12345',
        source: 'airbnb',
        guest_name: 'A. Guest',
        check_in_date: '2025-10-01T19:00:00Z',
        check_out_date: '2025-10-04T15:00:00Z',
        property: 3,
        property_name: 'Lake House',
        unit: '101',
        status: 'confirmed',
        total_nights: 3,
        created_at: '2025-09-12T08:00:00Z',
      },
    ],
  },
  S18: {
    count: 1,
    results: [
      {
        id: 4,
        code: 'INVQ7K2M9XP',
        task_group: 'cleaning',
        role: 'member',
        max_uses: 5,
        used_count: 2,
        expires_at: null,
        is_active: true,
        created_at: '2025-09-12T08:00:00Z',
      },
    ],
  },
  S19: {
    id: 4,
    code: 'INVQ7K2M9XP',
    task_group: 'cleaning',
    role: 'member',
    max_uses: 5,
    used_count: 0,
    expires_at: null,
    is_active: true,
    created_at: '2025-09-12T08:00:00Z',
  },
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
  access: /^eyJ[\w-]+(\.[\w-]+){2}$/,
  refresh: /^eyJ[\w-]+(\.[\w-]+){2}$/,
  code: /^INV[A-HJKMNP-Z2-9]{8}$/,
  import_id: /^imp_\d{6}$/,
  created_at: /^2025-(10-01|09-12)T08:\d\d:\d\dZ$/,
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

const expectSamples = (answers: Readonly<Partial<Record<keyof typeof SAMPLES, unknown>>>) => {
  const found = Object.entries(answers).map(([name, answer]) => [
    name,
    differences(SAMPLES[name as keyof typeof SAMPLES], answer),
  ]);
  expect(found).toEqual(Object.keys(answers).map((name) => [name, []]));
};

/** Forty rows, the ninth of which is the booking that stands, with other dates. */
const aFile = () => {
  const rows = Array.from({ length: 40 }, (_, at) => {
    const year = 2_026 + at;
    return [`HM${at}`, 'Somebody', `${year}-02-01`, `${year}-02-03`, 'Airbnb', 'Confirmed'];
  });
  rows[8] = ['HMABC12345', 'A. Guest', '2025-10-01', '2025-10-05', 'Airbnb', 'Confirmed'];
  const header = ['Confirmation code', 'Guest name', 'Start date', 'End date', 'Booking source', 'Status'];
  return sheetWorkbook([header, ...rows]);
};

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
    expectSamples(answers);
  });

  it('S1 to S5, S18 and S19: an invite, who comes by it, and their tokens', async () => {
    await cloud.setTime('2025-09-12T08:00:00Z');
    const company = await cloud.given.aCompany();
    const admin = await signIn(await cloud.given.aUser(company));
    const nobody = cloud.client;
    const post = (path: string, body: object, client = nobody) => done(client.call('POST', path, { body }));
    const terms = { task_group: 'cleaning', max_uses: 5 };
    const S19 = await post('/api/admin/create-invite-code/', terms, admin);
    const ends = { ...terms, expires_at: '2026-01-31T23:59:59Z' };
    const other = await post('/api/admin/create-invite-code/', ends, admin);
    const S5 = await post('/api/validate-invite/', { code: other.code });
    await post(`/api/admin/invite-codes/${other.id}/delete/`, {}, admin);
    const person = { password: 'securepassword', password_confirm: 'securepassword', invite_code: S19.code };
    const maria = { username: 'maria', email: 'maria@example.com', first_name: 'Maria', last_name: 'Lopez' };
    const S4 = await post('/api/register/', { ...person, ...maria });
    await post('/api/register/', { ...person, username: 'berta', email: 'berta@example.com' });
    const S18 = await done(admin.get('/api/admin/invite-codes/'));
    const S1 = await post('/api/token/', { username: 'maria', password: 'securepassword' });
    const S2 = await post('/api/token/refresh/', { refresh: S1.refresh });
    const S3 = await post('/api/token/revoke/', { refresh: S1.refresh }, nobody.as(String(S2.access)));
    expectSamples({ S1, S2, S3, S4, S5, S18, S19 });
  });

  it('S14 to S17: a property, who stays there, and a file that meets it', async () => {
    await cloud.setTime('2025-09-12T08:00:00Z');
    const company = await cloud.given.aCompany({ zona_horaria: 'America/New_York' });
    const user = await cloud.given.aUser(company);
    const admin = await signIn(user);
    const post = (path: string, body: object) => done(admin.call('POST', path, { body }));
    const home = { name: 'Lake House', address: '12 Lake Rd, Tampa, FL', property_type: 'house' };
    const units = [{ unit_number: '101' }, { unit_number: '102' }];
    const { id } = await post('/api/properties/', { ...home, units });
    await post('/api/bookings/', {
      ...{ property: id, unit: '101', external_code: 'HMABC12345', source: 'Airbnb', guest_name: 'A. Guest' },
      ...{ check_in_date: '2025-10-01T19:00:00Z', check_out_date: '2025-10-04T15:00:00Z', status: 'confirmed' },
    });
    const answers = {
      S14: await done(admin.get('/api/properties/')),
      S17: await done(admin.get('/api/bookings/')),
      S16: await done(
        admin.upload(
          '/api/bookings/import/',
          { name: 'october.xlsx', bytes: await aFile() },
          { fields: { property_id: String(id) } },
        ),
      ),
    };
    await cloud.setTime('2025-10-02T12:00:00Z');
    const S15 = await done((await signIn(user)).get(`/api/properties/${id}/`));
    expectSamples({ ...answers, S15 });
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
