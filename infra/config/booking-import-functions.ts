import { bookingImportWorkerEnvironment } from '../../functions/booking-import-worker/env.ts';
import { bookingImportsEnvironment } from '../../functions/booking-imports/env.ts';
import { bookingImportsRoutes } from '../../functions/booking-imports/routes.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import { DATA_KEYS, type Grant, sendTo, TENANT_ROWS } from './grants.ts';

/** What an import rests as. */
function importFiles(...actions: Extract<Grant, { kind: 'objects' }>['actions']): Grant {
  return { kind: 'objects', bucket: 'arrivals', prefix: 'booking-imports/', actions };
}

/** The functions by which files of bookings come in. */
export const BOOKING_IMPORT_FUNCTIONS = {
  'booking-imports': {
    description: 'Imports of bookings: takes files, says what they meet, settles conflicts',
    trigger: { kind: 'http', routes: bookingImportsRoutes },
    environment: bookingImportsEnvironment,
    // Reading workbooks is bound by the processor, of which memory buys a share.
    memoryMb: 1769,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      TENANT_ROWS,
      DATA_KEYS,
      importFiles('PutObject'),
      // What it signs may be done by whoever holds the form.
      { kind: 'objects', bucket: 'exports', prefix: 'uploads/', actions: ['PutObject'] },
      sendTo('booking-import'),
      sendTo('webhooks'),
      sendTo('work'),
    ],
  },
  'booking-import-worker': {
    description: 'Writes the bookings of imports, and undoes them',
    // An import is seconds or minutes of work: each has a turn to itself.
    trigger: { kind: 'queue', queue: 'booking-import', batchSize: 1 },
    environment: bookingImportWorkerEnvironment,
    memoryMb: 1024,
    timeoutSeconds: 300,
    grants: [
      TENANT_ROWS,
      DATA_KEYS,
      importFiles('GetObject', 'DeleteObject'),
      { kind: 'bucket-listing', bucket: 'arrivals' },
      sendTo('booking-import'),
      sendTo('webhooks'),
      sendTo('work'),
    ],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;
