import { bookingsEnvironment } from '../../functions/bookings/env.ts';
import { bookingsRoutes } from '../../functions/bookings/routes.ts';
import { propertiesEnvironment } from '../../functions/properties/env.ts';
import { propertiesRoutes } from '../../functions/properties/routes.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import { sendTo, tenantRows } from './grants.ts';

/** The functions of the Aristay API: properties, bookings and what hangs on them. */
export const ARISTAY_FUNCTIONS = {
  properties: {
    description: 'Properties and their units',
    trigger: { kind: 'http', routes: propertiesRoutes },
    environment: propertiesEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      tenantRows('BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      { kind: 'data-keys', actions: ['Decrypt', 'GenerateDataKey'] },
    ],
  },
  bookings: {
    description: 'Bookings of a company',
    trigger: { kind: 'http', routes: bookingsRoutes },
    environment: bookingsEnvironment,
    // Lists of thousands are filtered in memory.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      tenantRows('BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      { kind: 'data-keys', actions: ['Decrypt', 'GenerateDataKey'] },
      sendTo('webhooks'),
    ],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;
