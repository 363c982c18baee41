import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditHeadKey, auditKey, auditPartition } from '../../shared/domain/audit/audit.keys.ts';
import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import { type AuditEntry, auditEntry, hashOfEntry } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { TransactionRefused } from '../../shared/platform/dynamo/storage-errors.ts';
import { ABSENT } from '../../shared/platform/dynamo/table.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

let company: Company;
let admin: User;
let client: ApiClient;
beforeEach(async () => {
  company = await cloud.given.aCompany();
  admin = await cloud.given.aUser(company);
  client = await cloud.client.signIn(admin.email, PASSWORD);
});

const PATH = '/api/auditoria';
const scope = () => new TenantScope(cloud.table, company.id);
const origin = { actor: undefined, address: '203.0.113.7', now: new Date('2026-05-01T10:00:00Z') };

function commit(number: number) {
  const fact = { accion: 'prueba.hacer', entidad: 'prueba', entidad_id: `p-${number}`, cambios: { numero: number } };
  return new AuditTrail(scope()).commit(origin, fact, []);
}

async function aTrail(length: number): Promise<void> {
  for (let number = 1; number <= length; number += 1) await commit(number);
}

const verificacion = async () => (await client.get(`${PATH}?verificar=1`)).body.verificacion;
const whole = (entradas: number) => ({ integra: true, entradas, primera_rotura: null });
const broken = (numero: number) => ({ integra: false, entradas: numero - 1, primera_rotura: numero });

async function rowOf(number: number): Promise<AuditEntry> {
  return auditEntry.parse(await cloud.table.get(auditKey(company.id, number)));
}
const write = (key: { pk: string; sk: string }, row: object) =>
  cloud.table.write({ kind: 'put', item: { ...key, ...row } });
const remove = (number: number) => cloud.table.write({ kind: 'delete', key: auditKey(company.id, number) });

describe('GET /api/auditoria', () => {
  it('tells who did what from where, and answers nothing else', async () => {
    await client.write('PUT', '/api/perfil/integraciones/ia', { proveedor: 'gemini', modelo: 'gemini-x' });
    const answer = await client.get(PATH);
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        ok: true,
        entradas: [
          {
            numero: 1,
            instante: expect.stringMatching(/\+00:00$/),
            usuario_id: admin.id,
            direccion_ip: '127.0.0.1',
            accion: 'integracion.ia.guardar',
            entidad: 'integracion',
            entidad_id: 'ia',
            cambios: { proveedor: 'gemini', modelo: 'gemini-x', clave: 'sin cambios' },
            hash_anterior: '0'.repeat(64),
            hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        ],
        siguiente: null,
      },
    ]);
  });

  it('goes backwards a page at a time, each entry once', async () => {
    await aTrail(7);
    const seen: number[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page += 1) {
      const { body } = await client.get(`${PATH}?limite=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...(body.entradas as AuditEntry[]).map(({ numero }) => numero));
      if (body.siguiente === null) break;
      cursor = String(body.siguiente);
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
    // The end is told with the last entry, not by an empty page after it.
    expect((await client.get(`${PATH}?limite=7`)).body.siguiente).toBeNull();
  });

  it('is empty, and whole, for a company in which nothing was changed', async () => {
    expect((await client.get(PATH)).body).toEqual({ ok: true, entradas: [], siguiente: null });
    expect(await verificacion()).toEqual(whole(0));
  });

  it.each(['cursor=x', 'limite=0', 'verificar=2', 'limite=1000'])('%s is a 422', async (query) => {
    expect((await client.get(`${PATH}?${query}`)).status).toBe(422);
  });
});

describe('who reads which trail', () => {
  const of = async (person: Partial<User>, employer = company) => {
    const user = await cloud.given.aUser(employer, person);
    return cloud.client.signIn(user.email, PASSWORD);
  };
  const actionsOf = (body: Record<string, unknown>) =>
    (body.entradas as AuditEntry[]).map(({ entidad_id }) => entidad_id);

  it('admins and superadmins, nobody else', async () => {
    for (const role of ['viewer', 'member', 'manager'] as const) {
      expect((await (await of({ role })).get(PATH)).status).toBe(403);
    }
    expect((await (await of({ role: 'member', es_superadmin: true })).get(PATH)).status).toBe(200);
  });

  it('a superadmin names the company; from an admin the name is ignored', async () => {
    await aTrail(1);
    const elsewhere = await cloud.given.aCompany();
    const superadmin = await of({ role: 'member', es_superadmin: true }, elsewhere);
    expect(actionsOf((await superadmin.get(`${PATH}?empresa_id=${company.id}`)).body)).toEqual(['p-1']);
    expect(actionsOf((await superadmin.get(`${PATH}?empresa_id=`)).body)).toEqual([]);
    const stranger = await of({}, elsewhere);
    expect(actionsOf((await stranger.get(`${PATH}?empresa_id=${company.id}`)).body)).toEqual([]);
  });

  it.each(['nobody', '00000000-0000-4000-8000-00000000dead', 'a#b', '%00'])(
    'a superadmin who names %s gets a 404',
    async (name) => {
      const superadmin = await of({ es_superadmin: true });
      expect((await superadmin.get(`${PATH}?empresa_id=${name}`)).status).toBe(404);
    },
  );
});

describe('a verification', () => {
  it('finds nothing in a trail that nobody touched', async () => {
    await aTrail(5);
    expect(await verificacion()).toEqual(whole(5));
  });

  it.each([1, 3, 5])('finds entry %i altered', async (number) => {
    await aTrail(5);
    await write(auditKey(company.id, number), { ...(await rowOf(number)), usuario_id: 'somebody-else' });
    expect(await verificacion()).toEqual(broken(number));
  });

  it('finds an entry that was altered with its hash worked out anew', async () => {
    await aTrail(5);
    for (const [number, first] of [
      [3, 4],
      [5, 4],
    ] as const) {
      const forged = { ...(await rowOf(number)), accion: 'nada' };
      await write(auditKey(company.id, number), { ...forged, hash: hashOfEntry(forged) });
      expect(await verificacion()).toEqual(broken(first));
    }
    const last = { ...(await rowOf(5)) };
    expect(last.accion).toBe('nada');
  });

  it.each([1, 3])('finds entry %i removed', async (number) => {
    await aTrail(5);
    await remove(number);
    expect(await verificacion()).toEqual(broken(number));
  });

  it('finds a tail cut off', async () => {
    await aTrail(5);
    await remove(5);
    expect(await verificacion()).toEqual(broken(5));
    await remove(4);
    expect(await verificacion()).toEqual(broken(4));
    for (const number of [1, 2, 3]) await remove(number);
    expect(await verificacion()).toEqual(broken(1));
  });

  it('finds a row slipped in behind the head, whatever it is', async () => {
    await aTrail(2);
    const last = await rowOf(2);
    const next = { ...last, numero: 3, hash_anterior: last.hash };
    await write(auditKey(company.id, 3), { ...next, hash: hashOfEntry(next) });
    expect(await verificacion()).toEqual(broken(3));
    await remove(3);
    await write({ pk: auditPartition(company.id), sk: 'ZZZ' }, { numero: 1 });
    expect(await verificacion()).toEqual(broken(3));
  });

  it('finds a row slipped in between, and two that changed places', async () => {
    await aTrail(3);
    await write({ pk: auditPartition(company.id), sk: `${auditKey(company.id, 1).sk}x` }, await rowOf(1));
    expect(await verificacion()).toEqual(broken(2));
    const [two, three] = [await rowOf(2), await rowOf(3)];
    await cloud.table.write({
      kind: 'delete',
      key: { pk: auditPartition(company.id), sk: `${auditKey(company.id, 1).sk}x` },
    });
    expect(await verificacion()).toEqual(whole(3));
    await write(auditKey(company.id, 2), three);
    await write(auditKey(company.id, 3), two);
    expect(await verificacion()).toEqual(broken(2));
  });

  it('finds the head removed, turned back or replaced', async () => {
    await aTrail(3);
    const second = await rowOf(2);
    await write(auditHeadKey(company.id), { number: 2, hash: second.hash });
    expect(await verificacion()).toEqual(broken(3));
    await write(auditHeadKey(company.id), { number: 3, hash: 'f'.repeat(64) });
    expect(await verificacion()).toEqual(broken(3));
    await cloud.table.write({ kind: 'delete', key: auditHeadKey(company.id) });
    expect(await verificacion()).toEqual(broken(1));
  });

  it('finds a row that was damaged beyond reading; the list goes on without it', async () => {
    await aTrail(3);
    await write(auditKey(company.id, 2), { numero: 'two' });
    const { status, body } = await client.get(`${PATH}?verificar=1`);
    expect([status, (body.entradas as AuditEntry[]).map(({ numero }) => numero)]).toEqual([200, [3, 1]]);
    expect(body.verificacion).toEqual(broken(2));
  });

  it('reads a long trail in several pages', async () => {
    await aTrail(1);
    // 60 entries of 35 kB: more than the megabyte that one page of a query holds.
    const fact = { accion: 'prueba.hacer', entidad: 'prueba', entidad_id: 'p', cambios: { texto: 'x'.repeat(35_000) } };
    const trail = new AuditTrail(scope());
    for (let number = 0; number < 60; number += 1) await trail.commit(origin, fact, []);
    await cloud.cloud.faults.dynamodb.resetCounts();
    expect(await new AuditRepository(scope()).verify()).toEqual({ fitting: 61, firstBreak: null });
    expect((await cloud.cloud.faults.dynamodb.counts()).Query).toBeGreaterThanOrEqual(4);
  });
});

describe('commits', () => {
  it('that come at once each get a number of their own, without a gap', async () => {
    const entries = await Promise.all(Array.from({ length: 24 }, (_, number) => commit(number)));
    expect(entries.map(({ numero }) => numero).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 24 }, (_, n) => n + 1),
    );
    expect(await verificacion()).toEqual(whole(24));
  });

  it('while a verification runs do it no harm', async () => {
    await aTrail(10);
    const [finding] = await Promise.all([new AuditRepository(scope()).verify(), ...[1, 2, 3, 4, 5].map(commit)]);
    expect(finding.firstBreak).toBeNull();
    expect(await verificacion()).toEqual(whole(15));
  });

  it('stand or fall with the writes that they tell of', async () => {
    const item = { pk: `T#${company.id}#PROBE`, sk: 'PROBE' };
    const fact = { accion: 'prueba.hacer', entidad: 'prueba', entidad_id: 'p', cambios: {} };
    const trail = new AuditTrail(scope());
    await trail.commit(origin, fact, [{ kind: 'put', item, condition: ABSENT }]);
    const again = trail.commit(origin, fact, [{ kind: 'put', item, condition: ABSENT }]);
    await expect(again).rejects.toEqual(new TransactionRefused([0]));
    expect(await verificacion()).toEqual(whole(1));
  });

  it('never write over an entry, even when the head has been removed', async () => {
    await aTrail(2);
    const first = await rowOf(1);
    await cloud.table.write({ kind: 'delete', key: auditHeadKey(company.id) });
    const answer = await client.write('PUT', '/api/perfil/integraciones/ia', { proveedor: 'gemini' });
    expect([answer.status, answer.body]).toEqual([500, { ok: false, errors: [expect.stringContaining('auditoría')] }]);
    expect(await rowOf(1)).toEqual(first);
    expect((await client.get('/api/perfil/integraciones')).body.data).toMatchObject({ ia: { proveedor: 'default' } });
  });

  it('come through a table that loses its answers, without a second entry', async () => {
    await aTrail(1);
    await cloud.cloud.faults.dynamodb.set({
      operation: 'TransactWriteItems',
      error: 'drop',
      times: 2,
      carriedOut: true,
    });
    await commit(2);
    expect(await verificacion()).toEqual(whole(2));
  });
});
