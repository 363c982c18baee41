/**
 * Calls the API the way a client has to: CSRF pair, log-in, bearer token. For trying things out.
 *
 *   npm run -s api -- GET /api/perfil
 *   npm run -s api -- PUT /api/perfil/notificaciones-tardio-config '{"hora_corte":"21:00"}'
 *
 * `API_ADDRESS`, `API_EMAIL` and `API_PASSWORD` choose another host or person than the local demo's superadmin.
 */
const address = process.env.API_ADDRESS ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`;
const email = process.env.API_EMAIL ?? 'dev@staysidekick.es';
const password = process.env.API_PASSWORD ?? 'admin123';

const [method = 'GET', path = '/api/health', body] = process.argv.slice(2);

async function call(
  verb: string,
  target: string,
  headers: Record<string, string>,
  content?: string,
): Promise<Response> {
  const typed = content === undefined ? headers : { 'content-type': 'application/json', ...headers };
  return fetch(new URL(target, address), {
    method: verb,
    headers: typed,
    ...(content !== undefined && { body: content }),
    signal: AbortSignal.timeout(60_000),
  });
}

async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

async function credentials(): Promise<Record<string, string>> {
  if (path.startsWith('/_local/')) return {};
  const csrf = String((await jsonOf(await call('GET', '/api/csrf-token', {}))).csrf_token);
  const pair = { 'x-csrf-token': csrf, cookie: `csrf_token=${csrf}` };
  const login = await call('POST', '/api/auth/login', pair, JSON.stringify({ email, password, origen: 'cli' }));
  return { ...pair, authorization: `Bearer ${String((await jsonOf(login)).token)}` };
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

try {
  const answer = await call(method.toUpperCase(), path, await credentials(), body);
  console.log(`${answer.status} ${answer.statusText}\n${pretty(await answer.text())}`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  console.error(`Does ${address} run? Start it with npm start.`);
  process.exitCode = 1;
}
