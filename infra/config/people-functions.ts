import { accountsEnvironment } from '../../functions/accounts/env.ts';
import { accountsRoutes } from '../../functions/accounts/routes.ts';
import { invitesEnvironment } from '../../functions/invites/env.ts';
import { invitesRoutes } from '../../functions/invites/routes.ts';
import { tokensEnvironment } from '../../functions/tokens/env.ts';
import { tokensRoutes } from '../../functions/tokens/routes.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import {
  DATA_KEYS,
  EMAIL_LOCKS,
  ROW_ACTIONS,
  secret,
  sendTo,
  TENANT_ROWS,
  tenantRows,
  USERNAME_LOCKS,
} from './grants.ts';

/** The functions of the Aristay API about people: signing in, accounts, invites. */
export const PEOPLE_FUNCTIONS = {
  tokens: {
    description: 'Signing in to the Aristay API, and out of it',
    trigger: { kind: 'http', routes: tokensRoutes },
    environment: tokensEnvironment,
    // argon2id, as for the other door.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    acrossTenants: 'Whoever signs in has no company yet: it is found by the name, and in the same time for no name.',
    grants: [
      tenantRows('BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      EMAIL_LOCKS,
      USERNAME_LOCKS,
      secret('JWT_SECRET_KEY'),
    ],
  },
  accounts: {
    description: 'People of the Aristay API and their passwords',
    trigger: { kind: 'http', routes: accountsRoutes },
    environment: accountsEnvironment,
    // argon2id, as for signing in.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      TENANT_ROWS,
      // A person's address moves with its lock.
      { kind: 'rows', actions: ['DeleteItem', 'GetItem', 'PutItem'], leadingKeys: 'P#EMAIL#*' },
      DATA_KEYS,
      sendTo('work'),
    ],
  },
  invites: {
    description: 'Joining a company by invite, and the invites',
    trigger: { kind: 'http', routes: invitesRoutes },
    environment: invitesEnvironment,
    // argon2id, as for signing in.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      tenantRows(...ROW_ACTIONS),
      { kind: 'rows', actions: ['GetItem', 'PutItem'], leadingKeys: 'P#EMAIL#*' },
      { kind: 'rows', actions: ['GetItem', 'PutItem'], leadingKeys: 'P#USERNAME#*' },
      { kind: 'rows', actions: ['DeleteItem', 'GetItem', 'PutItem'], leadingKeys: 'P#INVITE#*' },
    ],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;
