import type { Clock } from '../../platform/clock/clock.ts';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import type { TenantKeys } from '../../platform/crypto/tenant-keys.ts';
import type { Ids } from '../../platform/ids/ids.ts';
import type { CallOut } from '../../platform/outbound/outbound-call.ts';
import { type Pace, paceOf } from '../../platform/outbound/pace.ts';
import { timeLeft } from '../../platform/outbound/time-left.ts';
import { openPmsCredential, sealPmsCredential } from '../integration/integration-secret.ts';
import type { PmsCredential } from '../integration/pms-credential.ts';
import type { PmsProvider } from '../integration/pms-provider.ts';
import { tryPmsCredential } from '../integration/pms-trial.ts';
import type { AccessTokens } from './access-token.ts';
import { guardedClient } from './guarded-client.ts';
import type { ConnectPms, PmsClient } from './pms-client.ts';
import { PmsConnectionRepository } from './pms-connection.repository.ts';
import type { PmsConnection } from './pms-connection.ts';
import { baseOf, type PmsBases } from './pms-endpoint.ts';
import { PmsFailed } from './pms-failed.ts';
import { type PmsSession, pmsSession } from './pms-session.ts';
import { providerClient } from './provider-client.ts';
import { DELAYS } from './provider-limits.ts';

export interface ConnectDeps extends PmsBases {
  readonly keys: TenantKeys;
  readonly callOut: CallOut;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Time that an operation has for all of its calls, in milliseconds, from connecting on. */
  readonly budgetMs: number;
}

/** Where the access token of an account rests. */
const ACCESS_PLACE = 'integration/pms-access';

/**
 * Connects companies to their PMS by the credential that they have saved.
 *
 * @example
 * const connect = connectedPms({ ...pmsBases(env), keys, callOut, clock, ids, budgetMs: 20_000 });
 * const pms = await connect(scope); // undefined: nothing is connected
 * const reservations = await pms?.client.listReservations({ from: day, to: day });
 * @throws from connecting: PmsFailed when the credential cannot be used, AppError `unavailable` while KMS is away
 */
export function connectedPms(deps: ConnectDeps): ConnectPms {
  const paces = pacesOf(deps.hosts);
  return async (scope) => {
    const connections = new PmsConnectionRepository(scope);
    const connection = await connections.find();
    if (connection?.activo !== true) return undefined;
    const { proveedor, endpoint = null } = connection;
    const key = await deps.keys.dataKey(scope, 'integrations');
    const session = pmsSession({
      proveedor,
      base: baseOf(deps, proveedor, endpoint),
      callOut: deps.callOut,
      time: timeLeft(deps.budgetMs),
      delayOf: (answer) => DELAYS[proveedor](answer, deps.clock.now()),
      pace: paces[proveedor]?.(scope.empresaId),
    });
    const account = { deps, connections, connection, key, session };
    let client: Promise<PmsClient> | undefined;
    const clientOf = () => {
      client ??= openAccount(account);
      return client;
    };
    // A damaged credential is told before anything is asked.
    openedCredential(key, connection);
    return { proveedor, client: guardedClient({ connections, connection, clock: deps.clock }, clientOf) };
  };
}

interface Account {
  readonly deps: ConnectDeps;
  readonly connections: PmsConnectionRepository;
  readonly connection: PmsConnection;
  readonly key: DataKey;
  readonly session: PmsSession;
}

function openedCredential(key: DataKey, { proveedor, sealed }: PmsConnection): PmsCredential {
  try {
    return openPmsCredential(key, sealed);
  } catch {
    throw new PmsFailed(proveedor, 'KEY_UNREADABLE');
  }
}

async function openAccount(account: Account): Promise<PmsClient> {
  const { deps, session } = account;
  const { credential, connection } = await settledCredential(account);
  return providerClient(credential, { ...deps, session, tokens: accessTokens({ ...account, connection }) });
}

/** A Beds24 code that waits to be exchanged is exchanged now, and what it has become is kept before it is used. */
async function settledCredential({ deps, connections, connection, key, session }: Account) {
  const credential = openedCredential(key, connection);
  const isSettled = credential.proveedor !== 'beds24' || ['refresh', 'longlife'].includes(credential.kind);
  if (isSettled) return { credential, connection };
  const { proveedor, base } = session;
  const trial = await tryPmsCredential({ ...deps, addresses: { ...deps.addresses, [proveedor]: base } }, credential);
  if (trial.verified === null) throw new PmsFailed(proveedor, 'UPSTREAM_UNAVAILABLE');
  if (!trial.verified) throw new PmsFailed(proveedor, 'REAUTH_REQUIRED');
  const sealed = sealPmsCredential(key, trial.credential);
  await connections.replaceCredential(connection, sealed, trial.account);
  return { credential: trial.credential, connection: { ...connection, sealed } };
}

function accessTokens({ deps, connections, connection, key }: Account): AccessTokens {
  return {
    current() {
      const { access_sealed: sealed, access_until: until = '' } = connection;
      if (sealed === undefined || until <= deps.clock.now().toISOString()) return undefined;
      try {
        return open(key, ACCESS_PLACE, sealed);
      } catch {
        // Another one can always be had.
        return undefined;
      }
    },
    async keep(token, lifeSeconds) {
      const until = new Date(deps.clock.now().getTime() + lifeSeconds * 1000);
      await connections.keepAccess(connection, seal(key, ACCESS_PLACE, token), until);
    },
  };
}

/** Hostaway counts by our address, Cloudbeds by the credential (`integrations.md` §1.3.4, §1.4.4); stand-ins do not. */
function pacesOf(hosts: PmsBases['hosts']): Partial<Readonly<Record<PmsProvider, (empresaId: string) => Pace>>> {
  if (hosts === 'any') return {};
  const hostaway = paceOf(12, 10_000);
  const cloudbeds = new Map<string, Pace>();
  return {
    hostaway: () => hostaway,
    cloudbeds(empresaId) {
      const pace = cloudbeds.get(empresaId) ?? paceOf(4, 1_000);
      cloudbeds.set(empresaId, pace);
      return pace;
    },
  };
}
