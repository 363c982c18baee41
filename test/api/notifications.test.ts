import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-03T10:00:00Z' });
});
afterAll(() => cloud.close());

interface Told {
  readonly client: ApiClient;
  readonly colleague: ApiClient;
}

/** Two people of one company; the first has been told `count` things, a minute apart. */
async function toldOf(count: number, role: 'admin' | 'viewer' = 'admin'): Promise<Told> {
  const company = await cloud.given.aCompany();
  const person = await cloud.given.aUser(company, { role });
  const colleague = await cloud.given.aUser(company);
  const repository = new NotificationRepository(new TenantScope(cloud.table, company.id));
  for (let minute = 1; minute <= count; minute += 1) {
    const told = { recipient: person.id, verb: 'late_arrival', message: `Aviso ${minute}`, occasion: String(minute) };
    const at = new Date(`2026-06-03T09:${String(minute).padStart(2, '0')}:00Z`);
    await repository.addOnce([{ ...told, verb: 'late_arrival' }], at);
    await repository.addOnce([{ ...told, verb: 'late_arrival' }], at);
  }
  const sign = ({ email }: { email: string }) => cloud.client.signIn(email, PASSWORD);
  return { client: await sign(person), colleague: await sign(colleague) };
}

async function messagesOf(client: ApiClient, query = ''): Promise<string[]> {
  const { body } = await client.get(`/api/notificaciones${query}`);
  return (body.notificaciones as { mensaje: string }[]).map(({ mensaje }) => mensaje);
}

describe('the own list', () => {
  it('shows what was told once each, newest first, with the unread count', async () => {
    const { client } = await toldOf(3);
    const { body } = await client.get('/api/notificaciones');
    expect(body).toEqual({
      ok: true,
      notificaciones: [3, 2, 1].map((minute) => ({
        id: expect.any(Number),
        tipo: 'late_arrival',
        mensaje: `Aviso ${minute}`,
        tarea: null,
        leida: false,
        leida_en: null,
        creada: `2026-06-03T09:0${minute}:00+00:00`,
      })),
      sin_leer: 3,
      siguiente: null,
    });
  });

  it('goes on where the page before ended, though something is read in between', async () => {
    const { client } = await toldOf(5);
    const first = (await client.get('/api/notificaciones?limite=2&sin_leer=true')).body;
    const [, last] = first.notificaciones as { id: number }[];
    await client.write('PATCH', `/api/notificaciones/${last?.id}/leida`);
    expect(await messagesOf(client, `?limite=2&sin_leer=true&cursor=${first.siguiente}`)).toEqual([
      'Aviso 3',
      'Aviso 2',
    ]);
  });

  it('refuses a cursor that is of another list', async () => {
    const { client, colleague } = await toldOf(3);
    const { siguiente } = (await client.get('/api/notificaciones?limite=1')).body;
    const answer = await colleague.get(`/api/notificaciones?cursor=${siguiente}`);
    expect([answer.status, answer.body.errors]).toEqual([422, ['cursor: No es un cursor de esta lista.']]);
  });

  it('is nobody else’s', async () => {
    const { colleague } = await toldOf(2);
    expect((await colleague.get('/api/notificaciones')).body).toMatchObject({ notificaciones: [], sin_leer: 0 });
  });
});

describe('reading', () => {
  it('one keeps the instant of the first time, and the counts agree', async () => {
    const { client } = await toldOf(2);
    const [{ id } = { id: 0 }] = (await client.get('/api/notificaciones')).body.notificaciones as { id: number }[];
    const first = await client.write('PATCH', `/api/notificaciones/${id}/leida`);
    await cloud.passTime(60);
    const second = await client.write('PATCH', `/api/notificaciones/${id}/leida`);
    expect(first.body).toEqual({ ok: true, leida_en: expect.stringMatching(/^2026-06-03T10:/) });
    expect(second.body).toEqual(first.body);
    expect((await client.get('/api/notificaciones/sin-leer')).body).toEqual({ ok: true, sin_leer: 1 });
    expect(await messagesOf(client, '?sin_leer=true')).toEqual(['Aviso 1']);
  });

  it('all of them tells how many there were, the second time none', async () => {
    const { client } = await toldOf(4, 'viewer');
    expect((await client.write('POST', '/api/notificaciones/leidas')).body).toEqual({ ok: true, marcadas: 4 });
    expect((await client.write('POST', '/api/notificaciones/leidas')).body).toEqual({ ok: true, marcadas: 0 });
    expect((await client.get('/api/notificaciones')).body.sin_leer).toBe(0);
  });

  it("a colleague's, or one that never was, is a 404", async () => {
    const { client, colleague } = await toldOf(1);
    const [{ id } = { id: 0 }] = (await client.get('/api/notificaciones')).body.notificaciones as { id: number }[];
    for (const number of [id, 999, 'x']) {
      expect((await colleague.write('PATCH', `/api/notificaciones/${number}/leida`)).status).toBe(404);
    }
    expect((await client.get('/api/notificaciones/sin-leer')).body.sin_leer).toBe(1);
  });
});

describe('the same list on Aristay', () => {
  it('is paged by number, filtered, and of the same store', async () => {
    const { client } = await toldOf(3);
    const first = (await client.get('/api/notifications/?page_size=2')).body;
    expect(first).toMatchObject({ count: 3, previous: null, next: expect.stringMatching(/page=2/) });
    expect((first.results as unknown[])[0]).toEqual({
      id: expect.any(Number),
      message: 'Aviso 3',
      created_at: '2026-06-03T09:03:00Z',
      is_read: false,
      read_at: null,
      task: null,
      task_title: null,
      verb: 'late_arrival',
      verb_label: 'Late arrival',
    });
    const [{ id } = { id: 0 }] = first.results as { id: number }[];
    await client.write('PATCH', `/api/notificaciones/${id}/leida`);
    for (const [query, messages] of [
      ['is_read=false', ['Aviso 2', 'Aviso 1']],
      ['read=true', ['Aviso 3']],
      ['is_read=', ['Aviso 3', 'Aviso 2', 'Aviso 1']],
      ['ordering=created_at', ['Aviso 1', 'Aviso 2', 'Aviso 3']],
    ] as const) {
      const { results } = (await client.get(`/api/notifications/?${query}`)).body as { results: { message: string }[] };
      expect([query, results.map(({ message }) => message)]).toEqual([query, messages]);
    }
    expect((await client.get('/api/notifications/?is_read=perhaps')).status).toBe(400);
    expect((await client.get('/api/notifications/?page=3')).body).toEqual({ detail: 'Invalid page.' });
  });

  it('is read under either name by either method, once for both APIs', async () => {
    const { client, colleague } = await toldOf(4, 'viewer');
    const { results } = (await client.get('/api/notifications/')).body as { results: { id: number }[] };
    const ways = [
      ['PATCH', 'read'],
      ['POST', 'read'],
      ['PATCH', 'mark-read'],
      ['POST', 'mark-read'],
    ] as const;
    for (const [at, [method, name]] of ways.entries()) {
      const answer = await client.call(method, `/api/notifications/${results[at]?.id}/${name}/`);
      expect([answer.status, answer.body]).toEqual([200, { success: true, read_at: expect.stringMatching(/Z$/) }]);
      const left = { unread: 3 - at, count: 3 - at };
      expect((await client.get('/api/notifications/unread-count/')).body).toEqual(left);
    }
    expect((await client.get('/api/notificaciones/sin-leer')).body.sin_leer).toBe(0);
    const foreign = await colleague.call('POST', `/api/notifications/${results[0]?.id}/read/`);
    expect([foreign.status, foreign.body]).toEqual([404, { detail: 'Not found.' }]);
  });

  it('is marked as read as a whole', async () => {
    const { client } = await toldOf(2);
    const marked = await client.call('POST', '/api/notifications/mark-all-read/');
    expect(marked.body).toEqual({ success: true, marked_count: 2 });
  });
});

describe('devices (C57)', () => {
  it('are noted, several for each person, and go with whoever registered them last', async () => {
    const { client, colleague } = await toldOf(0, 'viewer');
    const register = async (who: ApiClient, token: unknown) => {
      const { status, body } = await who.call('POST', '/api/devices/', { body: { token } });
      return [status, body];
    };
    expect(await register(client, ' phone ')).toEqual([200, { status: 'registered', token: 'phone', created: true }]);
    expect(await register(client, 'phone')).toEqual([200, { status: 'registered', token: 'phone', created: false }]);
    expect(await register(client, 'tablet')).toMatchObject([200, { created: true }]);
    expect(await register(colleague, 'phone')).toMatchObject([200, { created: true }]);
    expect(await register(client, 'phone')).toMatchObject([200, { created: true }]);
    expect(await register(client, '')).toEqual([
      400,
      { error: 'Validation failed', details: { token: ['This field may not be blank.'] } },
    ]);
    expect((await register(client, 'x'.repeat(256)))[0]).toBe(400);
  });
});
