import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describedOperations } from '../../infra/openapi/operations.ts';
import { TOOLS, type Tool } from '../../shared/platform/auth/tool.ts';
import { isWrite } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const TOOL_OFF = {
  ok: false,
  errors: [
    'Tu empresa tiene esta herramienta desactivada. Un administrador puede activarla en los ajustes de la empresa.',
  ],
};

let cloud: TestCloud;
let off: ApiClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  off = await adminOf(Object.fromEntries(TOOLS.map((tool) => [tool, false])));
});
afterAll(() => cloud.close());

async function adminOf(herramientas_activas: { readonly [T in Tool]?: boolean }): Promise<ApiClient> {
  const { email } = await cloud.given.aUser(await cloud.given.aCompany({ herramientas_activas }));
  return cloud.client.signIn(email, PASSWORD);
}

const OPERATIONS = describedOperations();

/** What shows or takes back what a tool did before is answered while it is off too. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  vault: ['usoIa', 'configIa'],
  contacts: ['listarSincronizacionesContactos', 'leerSincronizacionContactos'],
  google: ['volverDeGoogle', 'estadoGoogle', 'desconectarGoogle'],
};
const TOOL_OF: ReadonlyMap<string, Tool> = new Map([
  ['heatmap', 'heatmap'],
  ['arrivals', 'late_checkin'],
  ['contacts', 'google_contacts'],
  ['google', 'google_contacts'],
  ['vault', 'vault'],
]);

describe('the switches of tools (ruling 5)', () => {
  it('count for every operation of a tool, but for what shows or takes back what it did before', () => {
    const expected = OPERATIONS.flatMap(({ id, functionName }) => {
      const tool = TOOL_OF.get(functionName);
      return tool && !OPEN[functionName]?.includes(id) ? [[id, tool]] : [];
    });
    expect(OPERATIONS.flatMap(({ id, route }) => (route.tool ? [[id, route.tool]] : []))).toEqual(expected);
  });

  const call = (client: ApiClient, { route }: (typeof OPERATIONS)[number]): Promise<ApiAnswer> => {
    const path = route.path.replace(/\{[^}]+\}/g, randomIds.uuid());
    return isWrite(route) ? client.write(route.method, path) : client.get(path);
  };

  it.each(OPERATIONS.filter(({ route }) => route.tool))('$id is refused while its tool is off', async (operation) => {
    const answer = await call(off, operation);
    expect([answer.status, answer.body]).toEqual([403, TOOL_OFF]);
  });

  it('one tool that is off leaves the others as they are', async () => {
    const client = await adminOf({ vault: false });
    const statuses = ['/api/vault/plantillas', '/api/heatmap/umbrales', '/api/contactos/preferencias'].map(
      async (path) => (await client.get(path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([403, 200, 200]);
    expect((await client.get('/api/ai/uso')).status).toBe(200);
  });

  it('are felt by sessions that are open already, within a minute', async () => {
    const client = await adminOf({});
    const read = async () => (await client.get('/api/vault/plantillas')).status;
    const set = (vault: boolean) => client.write('PATCH', '/api/empresa', { herramientas_activas: { vault } });
    expect(await read()).toBe(200);
    await set(false);
    await cloud.passTime(60);
    expect(await read()).toBe(403);
    await set(true);
    await cloud.passTime(60);
    expect(await read()).toBe(200);
  });
});
