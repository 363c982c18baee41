import { apartmentSyncEnvironment } from '../../functions/apartment-sync/env.ts';
import { apartmentSyncRoutes } from '../../functions/apartment-sync/routes.ts';
import { apartmentsEnvironment } from '../../functions/apartments/env.ts';
import { apartmentsRoutes } from '../../functions/apartments/routes.ts';
import { uploadSweeperEnvironment } from '../../functions/upload-sweeper/env.ts';
import { uploadsEnvironment } from '../../functions/uploads/env.ts';
import { uploadsRoutes } from '../../functions/uploads/routes.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import { DATA_KEYS, tenantRows } from './grants.ts';

/** The catalogue of apartments, by hand, from workbooks and from the PMS, and the files that come before a call. */
export const CATALOGUE_FUNCTIONS = {
  apartments: {
    description: 'The catalogue of apartments and its imports',
    trigger: { kind: 'http', routes: apartmentsRoutes },
    environment: apartmentsEnvironment,
    // A workbook of thousands of rows is read whole.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [tenantRows('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem')],
  },
  'apartment-sync': {
    description: 'The catalogue from the connected PMS, and the sync log',
    trigger: { kind: 'http', routes: apartmentSyncRoutes },
    environment: apartmentSyncEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [tenantRows('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'), DATA_KEYS],
  },
  uploads: {
    description: 'Forms for files that are too large for a call',
    trigger: { kind: 'http', routes: uploadsRoutes },
    environment: uploadsEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    // What it signs may be done by whoever holds the form.
    grants: [{ kind: 'objects', bucket: 'exports', prefix: 'uploads/', actions: ['PutObject'] }],
  },
  'upload-sweeper': {
    description: 'Deletes staged files whose hour is over',
    // A missed round is made good by the next one.
    trigger: { kind: 'schedule', rate: 'rate(15 minutes)', retries: 0 },
    environment: uploadSweeperEnvironment,
    memoryMb: 256,
    timeoutSeconds: 120,
    grants: [
      { kind: 'objects', bucket: 'exports', prefix: 'uploads/', actions: ['DeleteObject'] },
      { kind: 'bucket-listing', bucket: 'exports' },
    ],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;
