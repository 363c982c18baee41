import autocannon from 'autocannon';
import { DEMO_LOGINS } from '../../infra/local/demo/demo-world.ts';
import { ApiClient } from '../support/api-client.ts';
import { withBareServer } from './bare-server.ts';
import type { Bench } from './figure.ts';
import { withLocalProcess } from './local-process.ts';

const CONNECTIONS = 10;
const WARM_UP_S = 4;
const MEASURED_S = 10;

/** One kind of call at 10 connections. */
interface LoadFigures {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/**
 * `GET /api/perfil` through authorizer and table, beside what the SDK alone leaves possible on the machine, and
 * `POST /api/auth/login` with its password hash.
 */
export const loadBench: Bench = {
  topic: 'load',
  async measure() {
    const { profile, bare, login } = await measureLoads();
    return [
      { name: 'GET /api/perfil, 10 connections', value: profile.requestsPerSecond, unit: 'req/s', target: '>= 2500' },
      { name: 'GET /api/perfil, p99', value: profile.p99Ms, unit: 'ms' },
      { name: 'GET /api/perfil, not answered 200', value: profile.failed, unit: 'calls', target: '0' },
      { name: 'A bare server that reads one row', value: bare.requestsPerSecond, unit: 'req/s' },
      { name: 'A bare server that reads one row, p99', value: bare.p99Ms, unit: 'ms' },
      { name: 'POST /api/auth/login, 10 connections', value: login.requestsPerSecond, unit: 'req/s' },
      { name: 'POST /api/auth/login, p99', value: login.p99Ms, unit: 'ms' },
      { name: 'POST /api/auth/login, not answered 200', value: login.failed, unit: 'calls', target: '0' },
    ];
  },
};

function measureLoads(): Promise<Readonly<Record<'profile' | 'bare' | 'login', LoadFigures>>> {
  return withLocalProcess(async (address) => {
    const { email, password } = DEMO_LOGINS[0];
    const nobody = new ApiClient(address);
    const { token } = await nobody.signIn(email, password);
    const headers = { authorization: `Bearer ${token}` };
    const profile = await loadOf({ url: `${address}/api/perfil`, headers });
    const bare = await withBareServer(address, (url) => loadOf({ url }));
    const login = await loadOf({
      url: `${address}/api/auth/login`,
      method: 'POST',
      headers: { ...(await nobody.csrfPair()), 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    return { profile, bare, login };
  });
}

async function loadOf(call: Pick<autocannon.Options, 'url' | 'method' | 'headers' | 'body'>): Promise<LoadFigures> {
  await autocannon({ ...call, connections: CONNECTIONS, duration: WARM_UP_S });
  const { requests, latency, non2xx, errors } = await autocannon({
    ...call,
    connections: CONNECTIONS,
    duration: MEASURED_S,
  });
  return { requestsPerSecond: Math.round(requests.average), p99Ms: latency.p99, failed: non2xx + errors };
}
