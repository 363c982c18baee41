import { arrivalsEnvironment } from '../../functions/arrivals/env.ts';
import { arrivalsRoutes } from '../../functions/arrivals/routes.ts';
import { heatmapEnvironment } from '../../functions/heatmap/env.ts';
import { heatmapRoutes } from '../../functions/heatmap/routes.ts';
import { importArrivalsEnvironment } from '../../functions/import-arrivals/env.ts';
import { lateCheckinEnvironment } from '../../functions/late-checkin/env.ts';
import { notificationsEnvironment } from '../../functions/notifications/env.ts';
import { notificationsRoutes } from '../../functions/notifications/routes.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import { DATA_KEYS, ROW_ACTIONS, sendTo, TENANT_DIRECTORY, TENANT_ROWS, tenantRows } from './grants.ts';

/** The functions around arrivals: drops, the scheduled run, the tools for people, and what they are told. */
export const ARRIVAL_FUNCTIONS = {
  arrivals: {
    description: 'The late check-in tool for people',
    trigger: { kind: 'http', routes: arrivalsRoutes },
    environment: arrivalsEnvironment,
    // Reading workbooks is bound by the processor, of which memory buys a share.
    memoryMb: 1769,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [TENANT_ROWS, DATA_KEYS],
  },
  heatmap: {
    description: 'Arrivals and departures by day, as numbers and as a picture',
    trigger: { kind: 'http', routes: heatmapRoutes },
    environment: heatmapEnvironment,
    // Reading workbooks is bound by the processor, of which memory buys a share.
    memoryMb: 1769,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [tenantRows('GetItem', 'PutItem', 'Query', 'UpdateItem'), DATA_KEYS],
  },
  notifications: {
    description: 'What a person has been told, and what became of dropped workbooks and of scheduled runs',
    trigger: { kind: 'http', routes: notificationsRoutes },
    environment: notificationsEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      tenantRows('BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      // Whose a device is on the whole platform.
      { kind: 'rows', actions: ['PutItem'], leadingKeys: 'P#DEVICE#*' },
      sendTo('work'),
    ],
  },
  'import-arrivals': {
    description: 'Reads a dropped workbook into arrivals',
    // No suffix: a file that is no workbook is answered with a rejected result, not with silence.
    trigger: { kind: 'objects', bucket: 'arrivals', prefix: 'arrivals/', retries: 2 },
    environment: importArrivalsEnvironment,
    memoryMb: 1024,
    timeoutSeconds: 300,
    grants: [
      tenantRows(...ROW_ACTIONS),
      DATA_KEYS,
      { kind: 'objects', bucket: 'arrivals', prefix: 'arrivals/', actions: ['GetObject', 'DeleteObject'] },
      { kind: 'objects', bucket: 'arrivals', prefix: 'results/', actions: ['PutObject'] },
      // Without it S3 answers 403 for a file that is gone, which reads as a failure instead of an absence.
      { kind: 'bucket-listing', bucket: 'arrivals' },
    ],
  },
  'late-checkin': {
    description: 'Finds the late arrivals of every tenant and tells of them',
    trigger: { kind: 'schedule', rate: 'rate(15 minutes)', retries: 1 },
    environment: lateCheckinEnvironment,
    memoryMb: 1024,
    // Ends before the next run begins.
    timeoutSeconds: 600,
    acrossTenants: 'One run looks at every company.',
    grants: [
      tenantRows(...ROW_ACTIONS),
      TENANT_DIRECTORY,
      DATA_KEYS,
      { kind: 'objects', bucket: 'arrivals', prefix: 'arrivals/', actions: ['DeleteObject'] },
      { kind: 'objects', bucket: 'arrivals', prefix: 'results/', actions: ['DeleteObject'] },
      sendTo('work'),
    ],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;
