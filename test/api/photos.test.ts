import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import { EventRepository, openEvents } from '../../shared/domain/event/event.repository.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import type { Task } from '../../shared/domain/task/task.ts';
import { withTemplate } from '../../shared/domain/task/task-checklist.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenTasks } from '../support/given-tasks.ts';
import { aPhoto, hostileFiles, noise } from '../support/pictures.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let picture: Buffer;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2025-10-02T12:58:00Z' });
  picture = await aPhoto(1_920, 1_080);
});
afterAll(() => cloud.close());

let company: Company;
let given: GivenTasks;
let member: User;
let maria: ApiClient;
let manager: ApiClient;
let viewer: ApiClient;
let task: Task;
/** Each test has a company of its own, so that numbers begin at 1. */
beforeEach(async () => {
  company = await cloud.given.aCompany();
  given = new GivenTasks(cloud, company.id);
  member = await cloud.given.aUser(company, { role: 'member' });
  maria = await cloud.client.signIn(member.email, PASSWORD);
  manager = await signedIn('manager');
  viewer = await signedIn('viewer');
  task = await given.aTask({
    title: 'Turnover clean',
    assigned_to: member.number,
    assigned_to_username: member.username,
  });
});

async function signedIn(role: User['role']): Promise<ApiClient> {
  const { email } = await cloud.given.aUser(company, { role });
  return cloud.client.signIn(email, PASSWORD);
}

type Fields = Record<string, string>;
const images = (id = task.id) => `/api/tasks/${id}/images/`;
const send = (fields: Fields = {}, client = maria, bytes = picture, path = `${images()}create/`): Promise<ApiAnswer> =>
  client.upload(path, { name: 'kitchen.jpg', bytes }, { field: 'image', fields });
const patch = (path: string, body: object, client = manager) => client.call('PATCH', path, { body });
const invalid = (details: Record<string, unknown>) => ({ error: 'Validation failed', details });
const rows = (answer: ApiAnswer) => answer.body.results as Record<string, unknown>[];
const INSTANT = expect.stringMatching(/^2025-10-02T12:5\d:\d\dZ$/);
const WEBP = expect.stringMatching(/^http.*\/task_images\/\d+\/[0-9a-f]{32}\.webp\?/);

async function events() {
  const keys = tenantKeys('alias/stay-ops-local', { now: () => cloud.cloud.now() });
  const repository = new EventRepository(given.scope);
  const found = await repository.listBetween(1, 100, 100, cloud.cloud.now());
  return openEvents(keys, given.scope, found);
}

describe('S10: uploading a photo', () => {
  it('answers the sample of the contract, and the signed address gives the picture to anybody', async () => {
    const answer = await send({ photo_type: 'before', description: 'Kitchen on arrival', photo_status: 'approved' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: 1,
      image: WEBP,
      thumbnail: expect.stringMatching(/_thumbnail\.webp\?/),
      photo_type: 'before',
      photo_type_display: 'Before Photo',
      photo_status: 'pending',
      photo_status_display: 'Pending Review',
      sequence_number: 1,
      is_primary: true,
      description: 'Kitchen on arrival',
      uploaded_at: INSTANT,
      uploaded_by: member.number,
      uploaded_by_username: member.username,
      size_bytes: expect.any(Number),
      width: 1_920,
      height: 1_080,
      task: task.id,
      original_size_bytes: picture.length,
      checklist_response: null,
    });
    const stored = await fetch(String(answer.body.image));
    expect([stored.status, stored.headers.get('content-type')]).toEqual([200, 'image/webp']);
    const bytes = Buffer.from(await stored.arrayBuffer());
    expect(bytes.length).toBe(answer.body.size_bytes);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect((await fetch(String(answer.body.thumbnail))).status).toBe(200);
    const forged = String(answer.body.image).replace(/X-Amz-Signature=./, 'X-Amz-Signature=0');
    expect((await fetch(forged)).status === 200 && forged !== answer.body.image).toBe(false);
  });

  it('is told to the log of events, the history, the people of the task and the audit trail', async () => {
    const boss = await cloud.given.aUser(company, { role: 'manager' });
    task = await given.aTask({ title: 'Inspect', assigned_to: member.number, created_by: boss.number });
    const { body } = await send({}, maria, picture, `${images()}create/`);
    expect(await events()).toMatchObject([
      { type: 'photo.uploaded', data: { photo: { id: body.id }, task: { id: task.id, title: 'Inspect' } } },
    ]);
    expect(await given.tasks.listHistory(task.id)).toContainEqual(
      expect.objectContaining({ change: 'photo_added', to: 'General Photo', username: member.username }),
    );
    expect((await given.tasks.find(task.id))?.photo_count).toBe(1);
    const told = await (await cloud.client.signIn(boss.email, PASSWORD)).get('/api/notifications/');
    expect(rows(told)).toMatchObject([{ verb: 'photo_added' }]);
  });

  it.each([
    ['no file', { photo_type: 'after' }, { image: ['No file was submitted.'] }],
    ['an unknown type', { photo_type: 'sideways' }, { photo_type: ['"sideways" is not a valid choice.'] }],
    ['another task', { task: '999' }, { task: [expect.any(String)] }],
    ['a checklist item of another task', { checklist_response: '999' }, { checklist_response: [expect.any(String)] }],
  ])('refuses %s', async (name, fields, details) => {
    const answer =
      name === 'no file'
        ? await maria.upload(`${images()}create/`, { name: 'x', bytes: picture }, { field: 'other', fields })
        : await send(fields);
    expect([answer.status, answer.body]).toEqual([400, invalid(details)]);
  });

  it('refuses every hostile file with a sentence, and keeps nothing of it', async () => {
    for (const [, bytes, why] of await hostileFiles()) {
      const answer = await send({}, maria, bytes);
      expect(answer.status).toBe(400);
      const [sentence] = (answer.body.details as { image: string[] }).image;
      expect(sentence).toMatch(bytes.length === 0 ? /empty/ : why);
    }
    expect((await maria.get(images())).body).toMatchObject({ count: 0, results: [] });
    expect(await objectStore(bucket()).listFirst(`photos/${company.id}/`)).toEqual([]);
  });

  it('answers 415, 413, 403, 404 and 405 in our shape', async () => {
    const json = await maria.call('POST', `${images()}create/`, { body: {} });
    expect([json.status, json.body]).toEqual([
      415,
      { detail: 'Unsupported media type "application/json" in request.' },
    ]);
    const large = await send({}, maria, Buffer.alloc(4_400_001));
    expect([large.status, large.body]).toEqual([413, { detail: 'Request body too large.' }]);
    const other = await given.aTask({ title: 'Of somebody else' });
    expect((await send({}, maria, picture, `${images(other.id)}create/`)).status).toBe(403);
    expect((await send({}, viewer)).status).toBe(403);
    expect((await send({}, maria, picture, `${images(999)}create/`)).status).toBe(404);
    expect((await maria.get(`${images()}create/`)).status).toBe(405);
    expect((await send({}, cloud.client)).status).toBe(401);
  });

  it('numbers photos of a type without gaps at once, and the first is the primary one', async () => {
    const small = await noise(8, 8);
    await Promise.all(Array.from({ length: 6 }, () => send({ photo_type: 'after' }, maria, small)));
    const list = rows(await maria.get(images()));
    expect(list.map(({ sequence_number }) => sequence_number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(list.map(({ is_primary }) => is_primary)).toEqual([true, false, false, false, false, false]);
    expect((await given.tasks.find(task.id))?.photo_count).toBe(6);
  });
});

describe('S11, C31–C33: looking at photos, reviewing and deleting them', () => {
  let small: Buffer;
  beforeEach(async () => {
    small = await noise(8, 8);
    for (const photo_type of ['general', 'before', 'before']) await send({ photo_type }, maria, small);
  });

  it('lists them in their order, by filters, and to viewers the approved ones', async () => {
    const list = await maria.get(images());
    expect(list.body).toMatchObject({ count: 3, next: null, previous: null });
    expect(rows(list).map(({ id }) => id)).toEqual([2, 3, 1]);
    expect(rows(list)[0]).toMatchObject({ id: 2, image: WEBP, photo_type: 'before', uploaded_at: INSTANT });
    expect(rows(await maria.get(`${images()}?photo_type=general`)).map(({ id }) => id)).toEqual([1]);
    expect(rows(await maria.get(`${images()}?ordering=-sequence_number`)).map(({ id }) => id)).toEqual([3, 2, 1]);
    expect((await maria.get(`${images()}?photo_status=lost`)).status).toBe(400);
    expect((await maria.get(`${images()}?page=2`)).status).toBe(404);
    expect(rows(await viewer.get(images()))).toEqual([]);
    const detail = await maria.get(`/api/staff/tasks/${task.id}/`);
    const [first] = rows(list);
    const shown = { id: 2, image: first?.image, photo_type: 'before', uploaded_at: INSTANT };
    expect((detail.body.images as unknown[])[0]).toEqual(shown);
    expect((await viewer.get(`/api/staff/tasks/${task.id}/`)).body.images).toEqual([]);
    expect((await viewer.get(`${images()}2/`)).status).toBe(404);
    await patch(`${images()}2/`, { photo_status: 'approved' });
    expect(rows(await viewer.get(images())).map(({ id }) => id)).toEqual([2]);
    expect((await viewer.get(`${images()}2/`)).body).toMatchObject({ photo_status_display: 'Approved' });
  });

  it('lets reviewers move the status, along the moves that there are', async () => {
    expect((await patch(`${images()}1/`, { photo_status: 'approved' }, maria)).status).toBe(403);
    expect((await patch(`${images()}1/`, { photo_status: 'pending' }, maria)).status).toBe(200);
    const refused = await patch(`${images()}1/`, { photo_status: 'archived' });
    expect([refused.status, refused.body]).toEqual([
      400,
      invalid({ photo_status: ['A photo that is pending cannot become archived.'] }),
    ]);
    expect((await patch(`${images()}1/`, { photo_status: 'rejected' })).body).toMatchObject({
      id: 1,
      photo_status: 'rejected',
      photo_status_display: 'Rejected',
    });
    expect(rows(await maria.get('/api/notifications/'))).toMatchObject([{ verb: 'photo_rejected' }]);
    expect((await maria.call('PUT', `${images()}1/`, { body: {} })).status).toBe(405);
  });

  it('keeps one primary photo to a type, through a change of it, of the type, and a deletion', async () => {
    const primary = async () =>
      rows(await maria.get(images())).flatMap(({ id, photo_type, is_primary }) =>
        is_primary ? [[photo_type, id]] : [],
      );
    await patch(`${images()}3/`, { is_primary: true }, maria);
    expect(await primary()).toEqual([
      ['before', 3],
      ['general', 1],
    ]);
    expect((await patch(`${images()}3/`, { photo_type: 'general' }, maria)).body).toMatchObject({
      sequence_number: 2,
      is_primary: false,
    });
    expect(await primary()).toEqual([
      ['before', 2],
      ['general', 1],
    ]);
    expect((await maria.call('DELETE', `${images()}1/`)).status).toBe(204);
    expect(await primary()).toEqual([
      ['before', 2],
      ['general', 3],
    ]);
    // A number is never given twice.
    expect((await send({ photo_type: 'before' }, maria, small)).body.sequence_number).toBe(3);
  });

  it('deletes the picture with the photo, once', async () => {
    const { body } = await maria.get(`${images()}1/`);
    expect((await maria.call('DELETE', `${images()}1/`)).status).toBe(204);
    expect((await maria.call('DELETE', `${images()}1/`)).status).toBe(404);
    expect((await fetch(String(body.image))).status).toBe(404);
    expect((await fetch(String(body.thumbnail))).status).toBe(404);
    expect((await given.tasks.find(task.id))?.photo_count).toBe(2);
  });
});

function bucket(): string {
  return cloud.cloud.info.buckets.photos ?? '';
}

describe('C34: a photo too large for a call', () => {
  const FORM = { file_name: 'a.jpg', content_type: 'image/jpeg', size_bytes: 20_000_000, photo_type: 'after' };

  async function uploaded(bytes: Buffer, body: object = FORM) {
    const { body: form } = await maria.call('POST', `${images()}upload-url/`, { body });
    const raw = new FormData();
    for (const [name, value] of Object.entries(form.fields as Fields)) raw.set(name, value);
    raw.set('file', new File([new Uint8Array(bytes)], 'a.jpg'));
    const answer = await fetch(String(form.upload_url), { method: 'POST', body: raw });
    await cloud.cloud.drain();
    return { form, status: answer.status };
  }

  it('answers the form of the contract; the photo is there once its file has arrived', async () => {
    const announced = await maria.call('POST', `${images()}upload-url/`, { body: FORM });
    expect(announced.status).toBe(201);
    expect(announced.body).toEqual({
      upload_url: expect.any(String),
      fields: expect.any(Object),
      photo_id: 1,
      expires_at: expect.stringMatching(/^2025-10-02T13:5\d:\d\dZ$/),
    });
    const waiting = await maria.get(`${images()}1/`);
    expect([waiting.status, waiting.body]).toEqual([404, { detail: 'The file of this photo has not arrived yet.' }]);
    const { form, status } = await uploaded(await aPhoto(4_000, 3_000, 6));
    expect(status).toBeLessThan(300);
    const stored = await maria.get(`${images()}${form.photo_id}/`);
    expect(stored.body).toMatchObject({ id: form.photo_id, width: 1_536, height: 2_048, photo_type: 'after' });
    expect(stored.body.uploaded_by).toBe(member.number);
    expect(await objectStore(bucket()).listFirst(`staged-photos/${company.id}/`)).toEqual([]);
    expect(await events()).toHaveLength(1);
  });

  it('makes one photo of one file, however often S3 tells of it', async () => {
    const { form } = await uploaded(await noise(8, 8));
    const key = `staged-photos/${company.id}/${form.photo_id}`;
    const record = { eventTime: '2025-10-02T12:58:00Z', s3: { object: { key } } };
    await cloud.invoke('import-photos', { Records: [record, record] });
    expect((await maria.get(images())).body.count).toBe(1);
    expect(await events()).toHaveLength(1);
  });

  it('says of a file that is no photo why it is not there', async () => {
    const { form } = await uploaded(Buffer.from('<html><script>alert(1)</script></html>'));
    const refused = await maria.get(`${images()}${form.photo_id}/`);
    expect([refused.status, refused.body]).toEqual([404, { detail: expect.stringMatching(/^The file is not a JPEG/) }]);
    expect(await objectStore(bucket()).listFirst(`staged-photos/${company.id}/`)).toEqual([]);
  });

  it('takes 25 MB at most, and no more than was announced', async () => {
    const large = await maria.call('POST', `${images()}upload-url/`, { body: { ...FORM, size_bytes: 26_214_401 } });
    expect([large.status, Object.keys(large.body.details as object)]).toEqual([400, ['size_bytes']]);
    expect((await uploaded(picture, { ...FORM, size_bytes: 10 })).status).toBe(400);
  });
});

describe('C25, C26: photos of checklist items', () => {
  it('links a photo to its item, which a tick that came before has waited for, and takes both away', async () => {
    const item = { id: 1, title: 'Beds', description: '', item_type: 'photo_required', is_required: true } as const;
    const stamps = { created_by: null, created_at: '2025-10-01T08:00:00Z' };
    const template = { id: 1, name: 'Standard', task_type: 'cleaning', description: '', is_active: true } as const;
    const items = [{ ...item, order: 0, room_type: '' }];
    const seen = (await given.tasks.find(task.id)) ?? task;
    await given.save(withTemplate({ seen, task: seen }, { ...template, ...stamps, items }));
    const item_id = task.id * 1_000 + 1;
    const early = {
      key: 'tick',
      at: '2025-10-02T12:50:00.000Z',
      kind: 'tick_item',
      response: item_id,
      completed: true,
    };
    const told = await maria.call('POST', '/api/sync/', { body: { operations: [early] } });
    expect(told.body.results).toMatchObject([{ status: 200, outcome: 'held', body: { completed: false } }]);
    const fields = { item_id: String(item_id) };
    const path = '/api/staff/checklist/photo/upload/';
    const answer = await maria.upload(path, { name: 'beds.jpg', bytes: picture }, { field: 'photo', fields });
    expect([answer.status, answer.body]).toEqual([201, { success: true, photo_id: 1, photo_url: WEBP }]);
    const linked = async () => (await given.tasks.findWithChecklist(task.id))?.checklist?.responses[0]?.photo_ids;
    expect(await linked()).toEqual([1]);
    const { checklist } = (await given.tasks.findWithChecklist(task.id)) ?? {};
    expect(checklist?.responses[0]).toMatchObject({ is_completed: true, completed_at: '2025-10-02T12:50:00Z' });
    expect(checklist).toMatchObject({ completed_at: INSTANT, completed_by: member.number });
    expect((await maria.get(`${images()}1/`)).body).toMatchObject({
      photo_type: 'checklist',
      checklist_response: item_id,
    });
    const remove = (body: object) => maria.call('POST', '/api/staff/checklist/photo/remove/', { body });
    expect((await remove({ item_id, photo_id: 2 })).status).toBe(404);
    const removed = await remove({ item_id, photo_url: answer.body.photo_url });
    expect([removed.status, removed.body]).toEqual([200, { success: true }]);
    expect(await linked()).toEqual([]);
    const missing = await maria.upload(
      path,
      { name: 'a', bytes: picture },
      { field: 'photo', fields: { item_id: '999001' } },
    );
    expect(missing.status).toBe(404);
  });
});
