import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { DEMO_LOGINS } from '../../infra/local/demo/demo-world.ts';
import { ApiClient } from '../support/api-client.ts';

const CONNECTIONS = 10;
const WARM_UP_S = 4;
const MEASURED_S = 10;

/** `GET /api/perfil` through authorizer and table at 10 connections. */
export interface ProfileFigures {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/** The local cloud runs in a process of its own, the load comes from this one. */
export async function benchProfile(): Promise<ProfileFigures> {
  const port = 3919;
  const env = { ...process.env, PORT: String(port), LOCAL_DATA: 'memory', LOCAL_RATE_LIMITS: 'off' };
  const local = fileURLToPath(new URL('../../bin/local.ts', import.meta.url));
  const server = spawn(process.execPath, [local], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    for await (const chunk of server.stdout) if (String(chunk).includes('npm run -s api')) break;
    const address = `http://127.0.0.1:${port}`;
    const { email, password } = DEMO_LOGINS[0];
    const { token } = await new ApiClient(address).signIn(email, password);
    const load = {
      url: `${address}/api/perfil`,
      connections: CONNECTIONS,
      headers: { authorization: `Bearer ${token}` },
    };
    await autocannon({ ...load, duration: WARM_UP_S });
    const { requests, latency, non2xx, errors } = await autocannon({ ...load, duration: MEASURED_S });
    return { requestsPerSecond: Math.round(requests.average), p99Ms: latency.p99, failed: non2xx + errors };
  } finally {
    server.kill('SIGINT');
    await ended;
  }
}
