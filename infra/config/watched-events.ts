import type { LogEvent } from '../../shared/platform/log/log.ts';
import type { FunctionName } from './functions.ts';

/** A line of the log that is counted, and rings when it comes too often. */
export interface WatchedEvent {
  readonly event: LogEvent;
  /** The functions that write it. */
  readonly functions: readonly FunctionName[];
  /** The end of the alarm's name, and its heading in `infra/runbook.md`. */
  readonly kind: string;
  readonly description: string;
  /** Most lines in five minutes that nobody has to look at. */
  readonly most: number;
  readonly periods?: number;
  /** Whose failure it is: the dashboard that shows it. */
  readonly concern: 'partners' | 'work' | 'access';
}

/** What goes wrong without a failing call: the functions carry on, so that only their log tells. */
export const WATCHED_EVENTS: readonly WatchedEvent[] = [
  {
    event: 'OUTBOX_REFUSED',
    functions: ['outbox-worker'],
    kind: 'undeliverable',
    description: 'A mail, a card for Discord or a notification for a telephone can never be delivered.',
    most: 0,
    concern: 'partners',
  },
  {
    event: 'AI_FAILED',
    functions: ['vault'],
    kind: 'ai-failures',
    description: 'An AI service gives no text of use.',
    most: 20,
    concern: 'partners',
  },
  {
    event: 'FEED_FAILED',
    functions: ['late-checkin', 'arrivals'],
    kind: 'feed-failures',
    description: 'PMS could not be asked who arrives.',
    most: 10,
    periods: 3,
    concern: 'partners',
  },
  {
    event: 'CALENDAR_UNREADABLE',
    functions: ['calendar-worker'],
    kind: 'calendar-failures',
    description: 'Calendars of channels could not be read.',
    most: 50,
    periods: 3,
    concern: 'partners',
  },
  {
    event: 'WEBHOOK_DISABLED',
    functions: ['webhook-worker'],
    kind: 'webhooks-disabled',
    description: 'Endpoints of several companies were switched off at once: the fault may be ours.',
    most: 5,
    concern: 'partners',
  },
  {
    event: 'CAPTCHA_UNAVAILABLE',
    functions: ['public-forms'],
    kind: 'captcha-unavailable',
    description: 'Forms are refused because the captcha cannot be checked.',
    most: 0,
    periods: 2,
    concern: 'partners',
  },
  {
    event: 'RUN_TENANT_FAILED',
    functions: ['late-checkin'],
    kind: 'companies-left-out',
    description: 'The late check-in run left out companies.',
    most: 0,
    periods: 2,
    concern: 'work',
  },
  {
    event: 'IMPORT_FAILED',
    functions: ['import-arrivals'],
    kind: 'failed-imports',
    description: 'Dropped workbooks could not be worked on and are tried again.',
    most: 2,
    concern: 'work',
  },
  {
    event: 'ERASURE_FAILED',
    functions: ['outbox-worker', 'companies'],
    kind: 'failed-erasures',
    description: 'The erasure of a company does not get on.',
    most: 0,
    periods: 3,
    concern: 'work',
  },
  {
    event: 'TOKEN_REUSED',
    functions: ['tokens'],
    kind: 'reused-tokens',
    description: 'Retired refresh tokens come again: some may have been stolen.',
    most: 5,
    concern: 'access',
  },
];
