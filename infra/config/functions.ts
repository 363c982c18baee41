import { auditEnvironment } from '../../functions/audit/env.ts';
import { auditRoutes } from '../../functions/audit/routes.ts';
import { authEnvironment } from '../../functions/auth/env.ts';
import { authRoutes } from '../../functions/auth/routes.ts';
import { authorizerEnvironment } from '../../functions/authorizer/env.ts';
import { companiesEnvironment } from '../../functions/companies/env.ts';
import { companiesRoutes } from '../../functions/companies/routes.ts';
import { integrationsEnvironment } from '../../functions/integrations/env.ts';
import { integrationsRoutes } from '../../functions/integrations/routes.ts';
import { metaEnvironment } from '../../functions/meta/env.ts';
import { metaRoutes } from '../../functions/meta/routes.ts';
import { outboxSweeperEnvironment } from '../../functions/outbox-sweeper/env.ts';
import { outboxWorkerEnvironment } from '../../functions/outbox-worker/env.ts';
import { profileEnvironment } from '../../functions/profile/env.ts';
import { profileRoutes } from '../../functions/profile/routes.ts';
import { usersEnvironment } from '../../functions/users/env.ts';
import { usersRoutes } from '../../functions/users/routes.ts';
import { TENANT_PREFIXES } from '../../shared/domain/erasure/tenant-holdings.ts';
import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { ARISTAY_FUNCTIONS } from './aristay-functions.ts';
import { ARRIVAL_FUNCTIONS } from './arrival-functions.ts';
import { BOOKING_IMPORT_FUNCTIONS } from './booking-import-functions.ts';
import { CATALOGUE_FUNCTIONS } from './catalogue-functions.ts';
import { CONTACT_FUNCTIONS } from './contact-functions.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import {
  DATA_KEYS,
  DUE_ERASURES,
  EMAIL_LOCKS,
  FREED_NAMES,
  OUTBOX_WORK_LIST,
  ROW_ACTIONS,
  secret,
  sendTo,
  tenantRows,
} from './grants.ts';
import { MESSAGE_FUNCTIONS } from './message-functions.ts';
import { PEOPLE_FUNCTIONS } from './people-functions.ts';

/** Every function of the system. */
export const FUNCTIONS = {
  authorizer: {
    description: 'Looks at the bearer token and passes its verdict on',
    trigger: { kind: 'authorizer' },
    environment: authorizerEnvironment,
    memoryMb: 512,
    // The gateway gives an authorizer ten seconds.
    timeoutSeconds: 10,
    acrossTenants:
      'It is asked about the company of any token, once a minute for each user: no call waits for a session.',
    grants: [tenantRows('BatchGetItem'), secret('JWT_SECRET_KEY')],
  },
  auth: {
    description: 'Signing in',
    trigger: { kind: 'http', routes: authRoutes },
    environment: authEnvironment,
    // argon2id is bound by the processor, of which memory buys a share.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    acrossTenants: 'Whoever signs in has no company yet: it is found by the e-mail address.',
    grants: [tenantRows('BatchGetItem'), EMAIL_LOCKS, secret('JWT_SECRET_KEY')],
  },
  profile: {
    description: 'Own profile and the settings of the tools',
    trigger: { kind: 'http', routes: profileRoutes },
    environment: profileEnvironment,
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [tenantRows('GetItem', 'PutItem', 'UpdateItem')],
  },
  integrations: {
    description: 'What a company has connected: PMS, AI, Google',
    trigger: { kind: 'http', routes: integrationsRoutes },
    environment: integrationsEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [tenantRows('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'), DATA_KEYS],
  },
  audit: {
    description: 'Who did what in a company, and whether the record of it is whole',
    trigger: { kind: 'http', routes: auditRoutes },
    environment: auditEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [tenantRows('GetItem', 'Query')],
  },
  companies: {
    description: 'Companies for the platform operator, and the settings of one of them',
    trigger: { kind: 'http', routes: companiesRoutes },
    environment: companiesEnvironment,
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    acrossTenants: 'It administers all companies.',
    grants: [
      // Erasing a company takes its users and keys before it answers.
      tenantRows('BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      { kind: 'rows', actions: ['DeleteItem', 'PutItem'], leadingKeys: 'P#COMPANY_EMAIL#*' },
      { kind: 'rows', actions: ['DeleteItem', 'PutItem', 'Query'], leadingKeys: 'P#TENANTS#*' },
      ...FREED_NAMES,
      {
        kind: 'rows',
        actions: ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
        leadingKeys: 'P#ERASURE#*',
        indexes: ['gsi1'],
      },
      sendTo('work'),
      // A company's grant at Google ends with the company.
      { kind: 'data-keys', actions: ['Decrypt'] },
      secret('GOOGLE_CLIENT_SECRET'),
    ],
  },
  users: {
    description: 'Users of a company',
    trigger: { kind: 'http', routes: usersRoutes },
    environment: usersEnvironment,
    // argon2id, as for signing in.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      tenantRows(...ROW_ACTIONS),
      { kind: 'rows', actions: ['DeleteItem', 'PutItem'], leadingKeys: 'P#EMAIL#*' },
      { kind: 'rows', actions: ['DeleteItem', 'PutItem'], leadingKeys: 'P#USERNAME#*' },
    ],
  },
  ...CATALOGUE_FUNCTIONS,
  ...PEOPLE_FUNCTIONS,
  ...ARISTAY_FUNCTIONS,
  ...BOOKING_IMPORT_FUNCTIONS,
  ...ARRIVAL_FUNCTIONS,
  ...MESSAGE_FUNCTIONS,
  ...CONTACT_FUNCTIONS,
  meta: {
    description: 'Health, documentation, CSRF tokens, and every path of nobody',
    trigger: { kind: 'http', routes: metaRoutes, fallback: true },
    environment: metaEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    // It issues the CSRF tokens that the others check.
    grants: [secret('SECRET_KEY')],
  },
  'outbox-worker': {
    description:
      'Delivers what changes have caused: mail, cards for Discord, what devices are told, and the end of what an erased company has left',
    trigger: { kind: 'queue', queue: 'work', batchSize: 10 },
    environment: outboxWorkerEnvironment,
    memoryMb: 512,
    timeoutSeconds: 60,
    acrossTenants: 'It erases companies.',
    grants: [
      tenantRows('BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'Query', 'UpdateItem'),
      ...FREED_NAMES,
      // The addresses of an erased company's calendars.
      { kind: 'rows', actions: ['DeleteItem'], leadingKeys: 'P#CALENDAR#*' },
      // Nothing is pushed to a device that went to another company.
      { kind: 'rows', actions: ['BatchGetItem', 'DeleteItem'], leadingKeys: 'P#DEVICE#*' },
      { kind: 'rows', actions: ['UpdateItem'], leadingKeys: 'P#ERASURE#*' },
      { kind: 'data-keys', actions: ['Decrypt'] },
      ...TENANT_PREFIXES.map(
        ({ bucket, prefix }) => ({ kind: 'objects', bucket, prefix, actions: ['DeleteObject'] }) as const,
      ),
      { kind: 'bucket-listing', bucket: 'arrivals' },
      { kind: 'bucket-listing', bucket: 'photos' },
      { kind: 'bucket-listing', bucket: 'exports' },
      sendTo('work'),
      secret('GOOGLE_CLIENT_SECRET'),
      secret('MAILGUN_API_KEY'),
      secret('DISCORD_WEBHOOK_URL'),
      secret('DISCORD_WEBHOOK_CONTACT_URL'),
      secret('FCM_SERVICE_ACCOUNT'),
      // It signs the receipts of erasures.
      secret('SECRET_KEY'),
    ],
  },
  'outbox-sweeper': {
    description: 'Enqueues again what the writer of a change could not',
    // A missed round is made good by the next one.
    trigger: { kind: 'schedule', rate: 'rate(5 minutes)', retries: 0 },
    environment: outboxSweeperEnvironment,
    memoryMb: 256,
    timeoutSeconds: 120,
    grants: [OUTBOX_WORK_LIST, DUE_ERASURES, ...QUEUE_NAMES.map(sendTo)],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;

export type FunctionName = keyof typeof FUNCTIONS;

/** Every function with its name, in the order of {@link FUNCTIONS}. */
export const FUNCTION_LIST = Object.entries(FUNCTIONS) as readonly (readonly [FunctionName, FunctionSpec])[];
