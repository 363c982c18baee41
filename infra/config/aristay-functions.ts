import { bookingsEnvironment } from '../../functions/bookings/env.ts';
import { bookingsRoutes } from '../../functions/bookings/routes.ts';
import { calendarWorkerEnvironment } from '../../functions/calendar-worker/env.ts';
import { calendarsEnvironment } from '../../functions/calendars/env.ts';
import { calendarsRoutes } from '../../functions/calendars/routes.ts';
import { dashboardEnvironment } from '../../functions/dashboard/env.ts';
import { dashboardRoutes } from '../../functions/dashboard/routes.ts';
import { importPhotosEnvironment } from '../../functions/import-photos/env.ts';
import { photoUploadsEnvironment } from '../../functions/photo-uploads/env.ts';
import { photoUploadsRoutes } from '../../functions/photo-uploads/routes.ts';
import { photosEnvironment } from '../../functions/photos/env.ts';
import { photosRoutes } from '../../functions/photos/routes.ts';
import { propertiesEnvironment } from '../../functions/properties/env.ts';
import { propertiesRoutes } from '../../functions/properties/routes.ts';
import { staffTasksEnvironment } from '../../functions/staff-tasks/env.ts';
import { staffTasksRoutes } from '../../functions/staff-tasks/routes.ts';
import { turnoversEnvironment } from '../../functions/turnovers/env.ts';
import { turnoversRoutes } from '../../functions/turnovers/routes.ts';
import { webhookWorkerEnvironment } from '../../functions/webhook-worker/env.ts';
import { webhooksEnvironment } from '../../functions/webhooks/env.ts';
import { webhooksRoutes } from '../../functions/webhooks/routes.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import { DATA_KEYS, sendTo, TENANT_ROWS, tenantRows } from './grants.ts';

/** The functions of the Aristay API: properties, bookings and what hangs on them. */
export const ARISTAY_FUNCTIONS = {
  properties: {
    description: 'Properties and their units',
    trigger: { kind: 'http', routes: propertiesRoutes },
    environment: propertiesEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [TENANT_ROWS, DATA_KEYS],
  },
  bookings: {
    description: 'Bookings of a company',
    trigger: { kind: 'http', routes: bookingsRoutes },
    environment: bookingsEnvironment,
    // Lists of thousands are filtered in memory.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [TENANT_ROWS, DATA_KEYS, sendTo('webhooks'), sendTo('work')],
  },
  calendars: {
    description: "Calendars of channels that are read, and addresses of a company's own",
    trigger: { kind: 'http', routes: calendarsRoutes },
    environment: calendarsEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      TENANT_ROWS,
      // Whose calendar an address shows.
      { kind: 'rows', actions: ['DeleteItem', 'GetItem', 'PutItem'], leadingKeys: 'P#CALENDAR#*' },
      DATA_KEYS,
      sendTo('calendars'),
    ],
  },
  'calendar-worker': {
    description: 'Reads calendars of channels that are due, and takes over what they say',
    trigger: { kind: 'queue', queue: 'calendars', batchSize: 5 },
    environment: calendarWorkerEnvironment,
    // Five calendars of 2 MB at once, of thousands of events.
    memoryMb: 1024,
    // Above the 15 s that a calendar may take: the first reading of one with many stays writes for a while.
    timeoutSeconds: 120,
    grants: [TENANT_ROWS, DATA_KEYS, sendTo('webhooks'), sendTo('work')],
  },
  dashboard: {
    description: 'What a person sees first: counts of tasks, the newest of them, notifications',
    trigger: { kind: 'http', routes: dashboardRoutes },
    environment: dashboardEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [tenantRows('BatchGetItem', 'GetItem', 'PutItem', 'Query'), DATA_KEYS],
  },
  photos: {
    description: 'Photos of tasks: what there is, what is told of them, and forms for large ones',
    trigger: { kind: 'http', routes: photosRoutes },
    environment: photosEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      TENANT_ROWS,
      DATA_KEYS,
      // It signs the addresses from which photos are read.
      { kind: 'objects', bucket: 'photos', prefix: 'photos/', actions: ['GetObject', 'DeleteObject'] },
      { kind: 'objects', bucket: 'photos', prefix: 'staged-photos/', actions: ['PutObject'] },
      sendTo('work'),
    ],
  },
  'photo-uploads': {
    description: 'Photos of tasks that come inside a call',
    trigger: { kind: 'http', routes: photoUploadsRoutes },
    environment: photoUploadsEnvironment,
    // A whole processor, and room for the largest picture that is decoded (decision 12).
    memoryMb: 1769,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      TENANT_ROWS,
      DATA_KEYS,
      { kind: 'objects', bucket: 'photos', prefix: 'photos/', actions: ['GetObject', 'PutObject', 'DeleteObject'] },
      sendTo('webhooks'),
      sendTo('work'),
    ],
  },
  'import-photos': {
    description: 'Photos of tasks that came by a form of their own',
    trigger: { kind: 'objects', bucket: 'photos', prefix: 'staged-photos/', retries: 2 },
    environment: importPhotosEnvironment,
    memoryMb: 1769,
    timeoutSeconds: 60,
    grants: [
      TENANT_ROWS,
      DATA_KEYS,
      { kind: 'objects', bucket: 'photos', prefix: 'photos/', actions: ['GetObject', 'PutObject'] },
      { kind: 'objects', bucket: 'photos', prefix: 'staged-photos/', actions: ['GetObject', 'DeleteObject'] },
      // Without it S3 answers 403 for a file that is gone, which reads as a failure instead of an absence.
      { kind: 'bucket-listing', bucket: 'photos' },
      sendTo('webhooks'),
      sendTo('work'),
    ],
  },
  'staff-tasks': {
    description: "The staff's tasks, their checklists, and the templates of these",
    trigger: { kind: 'http', routes: staffTasksRoutes },
    environment: staffTasksEnvironment,
    // Lists of thousands are filtered in memory.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      TENANT_ROWS,
      DATA_KEYS,
      // It signs the addresses from which photos are read.
      { kind: 'objects', bucket: 'photos', prefix: 'photos/', actions: ['GetObject'] },
      sendTo('webhooks'),
      sendTo('work'),
    ],
  },
  turnovers: {
    description: 'What becomes of check-outs, which of them are without a task, and templates of automatic tasks',
    trigger: { kind: 'http', routes: turnoversRoutes },
    environment: turnoversEnvironment,
    // Bookings, turnovers and tasks are compared in memory.
    memoryMb: 1024,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [TENANT_ROWS, DATA_KEYS],
  },
  webhooks: {
    description: "Endpoints that hear of a company's events, what became of deliveries, and the log of events",
    trigger: { kind: 'http', routes: webhooksRoutes },
    environment: webhooksEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [TENANT_ROWS, DATA_KEYS, sendTo('webhooks')],
  },
  'webhook-worker': {
    description: 'Hands new events to the endpoints of their company, and calls the endpoints',
    trigger: { kind: 'queue', queue: 'webhooks', batchSize: 10 },
    environment: webhookWorkerEnvironment,
    memoryMb: 512,
    // Above the 15 s that a receiver may take and what is written around them.
    timeoutSeconds: 60,
    grants: [TENANT_ROWS, DATA_KEYS, sendTo('webhooks')],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;
