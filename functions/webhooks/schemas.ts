import * as z from 'zod';
import { loggedEvent } from '../../shared/domain/event/event.ts';
import { EVENT_TYPE_NAMES } from '../../shared/domain/event/event-types.ts';
import { attempt, DELIVERY_STATUSES, DELIVERY_TYPES, delivery } from '../../shared/domain/webhook/delivery.ts';
import { endpoint } from '../../shared/domain/webhook/endpoint.ts';
import {
  booleanField,
  choiceField,
  filter,
  integerField,
  requiredText,
  textField,
  ulidParams,
} from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';

const LONGEST_URL = 2_048;
const LONGEST_DESCRIPTION = 200;

export const endpointParams = ulidParams('ep');
export const deliveryParams = ulidParams('dlv');

export const eventTypesAnswer = z.object({
  count: z.int().nonnegative(),
  results: z.array(z.object({ type: z.enum(EVENT_TYPE_NAMES), description: z.string() })),
});

const SUBSCRIBABLE = ['*', ...EVENT_TYPE_NAMES] as const;
type Subscribable = (typeof SUBSCRIBABLE)[number];
const isSubscribable = (text: string): text is Subscribable => (SUBSCRIBABLE as readonly string[]).includes(text);

/** Told under the name of the list itself, not of an entry's position. */
const eventTypes = z
  .array(z.string())
  .min(1, 'This list may not be empty.')
  .transform((names, context) => {
    const wanted = [...new Set(names.map((name) => name.trim().toLowerCase()))];
    for (const name of wanted.filter((each) => !isSubscribable(each))) {
      context.addIssue({ code: 'custom', message: `"${name}" is not a valid choice.` });
    }
    return wanted.filter(isSubscribable);
  });

export const endpointBody = z.object({
  url: requiredText(LONGEST_URL),
  event_types: eventTypes,
  description: textField(LONGEST_DESCRIPTION).optional(),
  is_active: booleanField().optional(),
});
export type EndpointBody = z.output<typeof endpointBody>;

export const endpointChangesBody = endpointBody.partial();
export type EndpointChangesBody = z.output<typeof endpointChangesBody>;

export const endpointAnswer = endpoint;
/** The secret is shown here and never again. */
export const newEndpointAnswer = endpoint.extend({ secret: z.string() });
export const rotationAnswer = z.object({
  id: z.string(),
  secret: z.string(),
  previous_secret_expires_at: z.string(),
});

export const endpointsQuery = listQuery({}, { allowed: ['created_at'], byDefault: 'created_at' });

/** An instant with its offset; without one it is read in UTC. */
const instantField = z.preprocess(
  (value) => {
    if (typeof value !== 'string') return value;
    const text = value.trim();
    const instant = new Date(/T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text) || !text.includes('T') ? text : `${text}Z`);
    return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(instant.getTime()) ? instant : undefined;
  },
  z.date({ error: 'Enter a valid date/time.' }),
);

export const deliveriesQuery = listQuery(
  {
    endpoint: filter(z.string()),
    event_type: filter(choiceField(DELIVERY_TYPES)),
    status: filter(choiceField(DELIVERY_STATUSES)),
    created_at__gte: filter(instantField),
    created_at__lte: filter(instantField),
  },
  { allowed: ['created_at'], byDefault: '-created_at' },
);
export type DeliveriesQuery = z.output<typeof deliveriesQuery>;

export const deliveryRowAnswer = delivery;
export const deliveryAnswer = delivery.extend({
  attempts: z.array(attempt),
  /** Null when the event is past its 30 days. */
  payload: z.record(z.string(), z.unknown()).nullable(),
});
export const deliveryIdAnswer = z.object({ delivery_id: z.string() });

const LARGEST_PAGE = 100;

export const eventsQuery = z.object({
  /** Number of the last event that the caller knows. */
  after: filter(integerField({ min: 0 })).transform((number) => number ?? 0),
  page_size: filter(integerField({ min: 1 })).transform((size) => Math.min(size ?? LARGEST_PAGE, LARGEST_PAGE)),
});
export type EventsQuery = z.output<typeof eventsQuery>;

export const eventsAnswer = z.object({
  /** Events after `after` that are still kept. */
  count: z.int().nonnegative(),
  next: z.string().nullable(),
  previous: z.null(),
  results: z.array(loggedEvent),
  /** Number of the newest event. */
  last: z.int().nonnegative(),
});
