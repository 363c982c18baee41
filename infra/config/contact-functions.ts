import { contactSyncWorkerEnvironment } from '../../functions/contact-sync-worker/env.ts';
import { contactsEnvironment } from '../../functions/contacts/env.ts';
import { contactsRoutes } from '../../functions/contacts/routes.ts';
import { googleEnvironment } from '../../functions/google/env.ts';
import { googleRoutes } from '../../functions/google/routes.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import { DATA_KEYS, secret, sendTo, tenantRows } from './grants.ts';

/** What brings guests into address books. */
export const CONTACT_FUNCTIONS = {
  google: {
    description: 'Connecting a Google account and letting it go',
    trigger: { kind: 'http', routes: googleRoutes },
    environment: googleEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [tenantRows('DeleteItem', 'GetItem', 'PutItem', 'Query'), DATA_KEYS, secret('GOOGLE_CLIENT_SECRET')],
  },
  contacts: {
    description: 'Contacts of guests, to Google or as a file',
    trigger: { kind: 'http', routes: contactsRoutes },
    environment: contactsEnvironment,
    // Workbooks are read here.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      tenantRows('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      DATA_KEYS,
      secret('GOOGLE_CLIENT_SECRET'),
      sendTo('contact-sync'),
    ],
  },
  'contact-sync-worker': {
    description: 'Goes on with syncs of contacts that did not end in their call',
    trigger: { kind: 'queue', queue: 'contact-sync', batchSize: 1 },
    environment: contactSyncWorkerEnvironment,
    memoryMb: 512,
    timeoutSeconds: 300,
    grants: [
      tenantRows('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      DATA_KEYS,
      secret('GOOGLE_CLIENT_SECRET'),
      sendTo('contact-sync'),
    ],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;
