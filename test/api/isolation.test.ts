import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTriggeredBy } from '../../infra/config/function-spec.ts';
import { FUNCTION_LIST } from '../../infra/config/functions.ts';
import { type AccessClaims, issueAccessToken } from '../../shared/platform/auth/access-token.ts';
import { isWrite, type Route } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { secretStore } from '../../shared/platform/secrets/secret-store.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { rowsOf } from '../support/table-rows.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { ATTACKS, type Attack } from './isolation-matrix.ts';
import { aVictim, leaks, type Victim } from './isolation-world.ts';

interface Operation {
  readonly id: string;
  readonly functionName: string;
  readonly route: Route;
}

const OPERATIONS: readonly Operation[] = FUNCTION_LIST.flatMap(([functionName, spec]) =>
  isTriggeredBy(spec, 'http')
    ? Object.entries(spec.trigger.routes).map(([id, route]) => ({ id, functionName, route }))
    : [],
);
const CLOSED = OPERATIONS.filter(({ route }) => route.access !== 'public');

let cloud: TestCloud;
let victim: Victim;
beforeAll(async () => {
  cloud = await startTestCloud();
  victim = await aVictim(cloud);
});
afterAll(() => cloud.close());

/** An admin of a new company; a superadmin too, when so wished. */
async function stranger(es_superadmin = false): Promise<ApiClient> {
  const company = await cloud.given.aCompany();
  const user = await cloud.given.aUser(company, { es_superadmin });
  return cloud.client.signIn(user.email, PASSWORD);
}

function attackOf({ id }: Operation): Attack {
  const attack = ATTACKS[id];
  if (attack === undefined) throw new Error(`${id} has no line in isolation-matrix.ts`);
  return attack;
}

/** A file is named by the id of a staged one, which is what another company's could be taken by. */
function takesBody({ body, upload }: Route): boolean {
  return body !== undefined || upload !== undefined;
}

function pathWith(route: Route, value: string): string {
  return route.path.replace(/\{[^}]+\}/g, encodeURIComponent(value));
}

interface Call {
  readonly path: string;
  readonly body?: Record<string, unknown>;
}

/** The operation with the victim's ids wherever there is a place for one, and where there should be none. */
function callsOf(operation: Operation): readonly Call[] {
  const { route } = operation;
  const attack = attackOf(operation);
  const ids = route.path.includes('{') ? (attack.ids?.(victim) ?? []) : [''];
  const body = takesBody(route) ? attack.body?.(victim) : undefined;
  const foreign = { empresa_id: victim.companyId, company_id: victim.companyId };
  const bodies = body === undefined ? [undefined] : [body, { ...body, ...foreign }];
  const query = new URLSearchParams({ ...foreign, id: victim.userIds[0] ?? '', user_id: victim.userIds[0] ?? '' });
  return ids.flatMap((id) =>
    ['', `?${query}`].flatMap((suffix) =>
      bodies.map((content) => ({ path: pathWith(route, id) + suffix, ...(content && { body: content }) })),
    ),
  );
}

async function perform(client: ApiClient, { route }: Operation, { path, body }: Call): Promise<ApiAnswer> {
  const headers = {
    'x-empresa-id': victim.companyId,
    'x-tenant-id': victim.companyId,
    ...(isWrite(route) && (await client.csrfPair())),
  };
  if (body === undefined) return client.call(route.method, path, { headers });
  if (route.body?.form !== true) return client.call(route.method, path, { headers, body });
  const raw = new FormData();
  for (const [field, value] of Object.entries(body)) raw.set(field, String(value));
  return client.call(route.method, path, { headers, raw });
}

/** Nothing of the victim is in the answers to one operation. */
async function expectNothingShown(
  operation: Operation,
  client: ApiClient,
  { calls, rows }: { readonly calls: readonly Call[]; readonly rows: readonly string[] },
): Promise<void> {
  for (const call of calls) {
    const answer = await perform(client, operation, call);
    const sent = `${call.path} ${JSON.stringify(call.body)}`;
    const shown = `${answer.text} ${JSON.stringify([...answer.headers])}`;
    expect({ call, leaked: leaks(shown, sent, rows), failed: answer.status >= 500 }).toEqual({
      call,
      leaked: [],
      failed: false,
    });
  }
}

/** What the calls of one operation after the other show and change of the victim: nothing. */
function nothingOfTheVictim(operations: readonly Operation[], newClient: () => Promise<ApiClient>): void {
  let rows: readonly string[];
  let reader: ApiClient;
  beforeAll(async () => {
    rows = await rowsOf(cloud, victim.companyId);
    reader = await newClient();
  });

  // Who writes may have ended the own session, or the own company.
  it.each(operations)('$id shows nothing', async (operation) => {
    const client = isWrite(operation.route) ? await newClient() : reader;
    await expectNothingShown(operation, client, { calls: callsOf(operation), rows });
  });

  it('and nothing has changed', async () => {
    expect(await rowsOf(cloud, victim.companyId)).toEqual(rows);
  });
}

describe('the matrix', () => {
  it('has a line for every operation, and none for what is no operation', () => {
    expect(Object.keys(ATTACKS).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
  });

  it('says which ids fit a path that takes one, and which body fits an operation that takes one', () => {
    const without = OPERATIONS.filter(({ id, route }) => {
      const attack = ATTACKS[id];
      return (route.path.includes('{') && !attack?.ids) || (takesBody(route) && !attack?.body);
    });
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  it('would notice: the victim sees itself, and its rows are many', async () => {
    const rows = await rowsOf(cloud, victim.companyId);
    expect(rows.length).toBeGreaterThan(25);
    for (const path of [
      '/api/perfil',
      '/api/empresa',
      '/api/usuarios',
      '/api/auditoria',
      '/api/perfil/integraciones',
    ]) {
      expect([path, leaks((await victim.client.get(path)).text, '', rows).length > 0]).toEqual([path, true]);
    }
  });
});

describe("an admin of another company sees and changes nothing, with the victim's ids in path, query, body and headers", () => {
  nothingOfTheVictim(OPERATIONS, () => stranger());
});

describe('nor does a superadmin of another company, where no right says so', () => {
  const rightless = OPERATIONS.filter(({ id }) => ATTACKS[id]?.superadmin === undefined);
  nothingOfTheVictim(rightless, () => stranger(true));
});

describe('the id of another company is answered as one of nobody', () => {
  it.each(CLOSED.filter(({ route }) => route.path.includes('{')))('$id', async (operation) => {
    const client = await stranger();
    const [call] = callsOf(operation);
    if (call === undefined) throw new Error('There is no id to try');
    const nobody = { ...call, path: pathWith(operation.route, randomIds.uuid()) };
    const [foreign, missing] = [await perform(client, operation, call), await perform(client, operation, nobody)];
    expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text]);
    expect([403, 404]).toContain(foreign.status);
  });
});

describe('superadmins reach other companies', () => {
  it('through the operations of users, companies and audit alone', () => {
    const exceptions = Object.entries(ATTACKS).flatMap(([id, { superadmin }]) =>
      superadmin === undefined ? [] : [id],
    );
    expect(exceptions.sort()).toEqual([
      'auditoria',
      'borrarEmpresa',
      'cambiarUsuario',
      'crearEmpresa',
      'crearUsuario',
      'editarEmpresa',
      'eliminarUsuario',
      'leerBorrado',
      'listarBorrados',
      'listarEmpresas',
      'listarUsuarios',
      'restablecerContrasena',
    ]);
  });

  it('and really do, where the rule says so', async () => {
    const other = await aSecondVictim();
    const superadmin = await stranger(true);
    const statuses = [
      await superadmin.get(`/api/auditoria?empresa_id=${other.companyId}`),
      await superadmin.get(`/api/usuarios?empresa_id=${other.companyId}`),
      await superadmin.write('PATCH', `/api/usuarios/${other.userId}?empresa_id=${other.companyId}`, { activo: false }),
      await superadmin.write('PATCH', `/api/empresas/${other.companyId}`, { max_usuarios: 3 }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  async function aSecondVictim() {
    const company = await cloud.given.aCompany();
    await cloud.given.aUser(company);
    return { companyId: company.id, userId: (await cloud.given.aUser(company, { role: 'member' })).id };
  }
});

describe("another company's cursor", () => {
  // What superadmins alone may list is the platform's own and no company's.
  const paged = OPERATIONS.filter(
    ({ route }) =>
      route.access !== 'super' && 'cursor' in ((route.query as { shape?: object } | undefined)?.shape ?? {}),
  );

  it('is tried on every list that has one', () => {
    expect(paged.map(({ id }) => id)).toEqual(expect.arrayContaining(['auditoria', 'ejecuciones', 'importaciones']));
  });

  it.each(paged)('$id reads nothing of that company', async (operation) => {
    const { path } = operation.route;
    const first = await victim.client.get(`${path}?limite=1`);
    const given = String(first.body.siguiente);
    expect(given.length).toBeGreaterThan(20);
    const carried = JSON.parse(Buffer.from(given, 'base64url').toString('utf8')) as Record<string, string>;
    const rows = await rowsOf(cloud, victim.companyId);
    const partition = rows
      .map((row) => JSON.parse(row) as { pk: { S: string }; sk: { S: string } })
      .find(({ sk }) => sk.S === carried.sk)?.pk.S;
    expect(partition).toContain(victim.companyId);
    const forged = Buffer.from(JSON.stringify({ pk: partition, gsi1pk: partition, ...carried })).toString('base64url');
    const attempts = [given, forged].flatMap((cursor) => [
      { path: `${path}?cursor=${cursor}` },
      { path: `${path}?cursor=${cursor}&empresa_id=${victim.companyId}` },
    ]);
    await expectNothingShown(operation, await stranger(), { calls: attempts, rows });
    expect(await rowsOf(cloud, victim.companyId)).toEqual(rows);
  });
});

describe('forged tokens', () => {
  const secrets = () => secretStore('stay-ops/local/');

  function encode(part: object): string {
    return Buffer.from(JSON.stringify(part)).toString('base64url');
  }

  /** Genuine claims of somebody else's session. */
  async function claims(): Promise<AccessClaims> {
    const own = (await stranger()).token ?? '';
    const payload = JSON.parse(Buffer.from(own.split('.')[1] ?? '', 'base64').toString()) as AccessClaims & {
      iat: number;
    };
    return payload;
  }

  /** Signed with the platform's own key, with claims that no door of ours gives out. */
  async function signed(changes: Partial<Record<keyof AccessClaims | 'iat' | 'exp', unknown>>): Promise<string> {
    const forged = { ...(await claims()), ...changes } as AccessClaims;
    return issueAccessToken(secrets(), forged, { now: cloud.cloud.now(), hours: 1 });
  }

  const asVictim = () => ({ empresa_id: victim.companyId, company_id: victim.companyId });
  type Forgeries = Readonly<Record<string, () => Promise<string>>>;

  /** Genuine signatures under claims of another company or of none: tried on every operation. */
  const FALSE_CLAIMS: Forgeries = {
    'without a company': () => signed({ empresa_id: undefined, company_id: undefined }),
    'with an empty company': () => signed({ empresa_id: '', company_id: '' }),
    "with a wildcard or a part of another company's id": () => signed({ empresa_id: '*', company_id: '*' }),
    'with a company that is no id': () => signed({ empresa_id: `${victim.companyId}#USER` }),
    'of one company for a user of another': () => signed(asVictim()),
    "with another company's user": () => signed({ usr: victim.userIds[0] }),
    'of an earlier session of the victim': () => signed({ ...asVictim(), usr: victim.userIds[0], ver: -1 }),
  };

  /** No access tokens at all, whatever they claim: tried on one operation of each function. */
  const FALSE_TOKENS: Forgeries = {
    'of another type': () => signed({ token_type: 'refresh' as 'access' }),
    'with alg none': async () =>
      `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ ...(await claims()), ...asVictim() })}.`,
    'signed with another key': async () => {
      const head = (await victim.client.token)?.split('.')[0];
      return `${head}.${encode({ ...(await claims()), ...asVictim() })}.${'A'.repeat(43)}`;
    },
    'with its claims changed under the old signature': async () => {
      const [head, , signature] = ((await stranger()).token ?? '').split('.');
      return `${head}.${encode({ ...(await claims()), ...asVictim(), es_superadmin: true })}.${signature}`;
    },
    'with a key of the sender in its header': async () =>
      `${encode({ alg: 'HS256', jwk: { kty: 'oct', k: 'AA' } })}.${encode(await claims())}.${'A'.repeat(43)}`,
  };

  it('are made as genuine ones are: unchanged claims open the door', async () => {
    expect((await cloud.client.as(await signed({})).get('/api/perfil')).status).toBe(200);
  });

  const ofFunctions = Map.groupBy(CLOSED, ({ functionName }) => functionName);
  const ONE_OF_EACH = [...ofFunctions.values()].flatMap((operations) => operations.slice(0, 1));
  const attempts = [
    ...Object.entries(FALSE_CLAIMS).map(([name, forge]) => ({ name, forge, operations: CLOSED })),
    ...Object.entries(FALSE_TOKENS).map(([name, forge]) => ({ name, forge, operations: ONE_OF_EACH })),
  ];

  it.each(attempts)('$name open no operation', async ({ forge, operations }) => {
    const before = await rowsOf(cloud, victim.companyId);
    const client = cloud.client.as(await forge());
    for (const operation of operations) {
      const [call] = callsOf(operation);
      if (call === undefined) throw new Error(`${operation.id} has no call`);
      const answer = await perform(client, operation, call);
      expect([operation.id, answer.status]).toEqual([operation.id, 401]);
      expect(leaks(answer.text, JSON.stringify(call), before)).toEqual([]);
    }
    expect(await rowsOf(cloud, victim.companyId)).toEqual(before);
  });

  it('of a superadmin by claim alone give no right: what counts stands in the table', async () => {
    const client = cloud.client.as(
      await signed({ es_superadmin: true, is_superuser: true, rol: 'admin', role: 'admin' }),
    );
    expect((await client.get('/api/empresas')).status).toBe(403);
    const { body } = await client.get(`/api/usuarios?empresa_id=${victim.companyId}`);
    expect(leaks(JSON.stringify(body), '', await rowsOf(cloud, victim.companyId))).toEqual([]);
  });
});

describe('without the verdict of the authorizer', () => {
  const actor = {
    userId: randomIds.uuid(),
    empresaId: randomIds.uuid(),
    email: 'x@example.com',
    number: 1,
    username: 'x',
    role: 'admin',
    esSuperadmin: true,
    debeCambiarPassword: false,
  };
  const { empresaId: _, ...homeless } = actor;
  const ok = { verdict: 'ok', toolsOff: '[]' };

  /** What a function may find in the place of a verdict, none of which is one. */
  const CONTEXTS: Readonly<Record<string, unknown>> = {
    'no authorizer at all': undefined,
    'an empty authorizer': {},
    'null from the authorizer': { lambda: null },
    'an empty verdict': { lambda: {} },
    'an actor without a verdict': { lambda: { toolsOff: '[]', actor: JSON.stringify(actor) } },
    'a verdict in other letters': { lambda: { ...ok, verdict: 'OK', actor: JSON.stringify(actor) } },
    'a verdict that is no text': { lambda: { ...ok, verdict: true, actor: JSON.stringify(actor) } },
    'a verdict without an actor': { lambda: ok },
    'an actor that is no JSON': { lambda: { ...ok, actor: 'admin' } },
    'an actor without a company': { lambda: { ...ok, actor: JSON.stringify(homeless) } },
    'an actor of an unknown role': { lambda: { ...ok, actor: JSON.stringify({ ...actor, role: 'root' }) } },
    'claims in the place of a verdict': { jwt: { claims: { ...actor, rol: 'admin' } } },
  };

  function eventOf({ route }: Operation, authorizer: unknown) {
    const rawPath = pathWith(route, randomIds.uuid());
    const [, parameter] = /\{([^}]+)\}/.exec(route.path) ?? [];
    return {
      version: '2.0',
      routeKey: `ANY ${route.path.replace(/(.)\/$/, '$1')}`,
      rawPath,
      rawQueryString: '',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${victim.client.token}` },
      ...(parameter && { pathParameters: { [parameter]: randomIds.uuid() } }),
      requestContext: {
        http: { method: route.method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: '' },
        requestId: randomIds.uuid(),
        ...(authorizer !== undefined && { authorizer }),
      },
      isBase64Encoded: false,
    };
  }

  const SHAPES = {
    sidekick: { ok: false, errors: [expect.any(String)] },
    aristay: { detail: 'Token is invalid or expired', code: 'token_not_valid' },
  } as const;

  describe.each(CLOSED)('$id', (operation) => {
    const { route, functionName } = operation;

    it.each(Object.entries(CONTEXTS))('is closed to %s', async (_name, authorizer) => {
      const answer = (await cloud.cloud.invoke(`stay-ops-local-${functionName}`, eventOf(operation, authorizer))) as {
        readonly statusCode: number;
        readonly body: string;
      };
      expect([401, 403]).toContain(answer.statusCode);
      // What looks at the verdict by itself says what it found, and no more.
      const shape = route.access === 'optional' ? { ok: false } : SHAPES[route.surface];
      expect(JSON.parse(answer.body)).toEqual(shape);
    });
  });
});
