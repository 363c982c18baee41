import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';

/**
 * Every line that the platform logs, by its stable code. Fields are ids, counts, statuses and durations: never a
 * name, an address, a phone, a token or a whole object.
 */
export const LOG_EVENTS = {
  REQUEST_COMPLETED: 'A call was answered',
  REQUEST_FAILED: 'A call ended in an error of ours',
  LOGIN_REFUSED: 'A log-in was refused',
  LOGIN_ACCEPTED: 'A log-in was accepted',
  TOKEN_REFRESHED: 'A refresh token was exchanged',
  TOKEN_REFUSED: 'A refresh token opens nothing',
  TOKEN_REUSED: 'A retired refresh token came again, so its family was revoked',
  TOKEN_REVOKED: 'Refresh families were revoked by their owner',
  PASSWORD_RESET_ASKED: 'A way to a new password was asked for',
  IMPORT_COMPLETED: 'A dropped workbook was read',
  IMPORT_REJECTED: 'A dropped workbook could not be read',
  IMPORT_IGNORED: 'A dropped workbook belongs to nobody or changes nothing',
  IMPORT_FAILED: 'A dropped workbook will be tried again',
  RUN_COMPLETED: 'A late check-in run ended',
  FEED_FAILED: 'A source of arrivals could not be read; the others count all the same',
  RUN_TENANT_FAILED: 'A late check-in run left out one company',
  AI_FAILED: 'An AI service gave no text of use',
  AI_MODEL_MISSING: 'An AI service serves a configured model no more',
  AI_MODELS_UNREAD: 'The list of models of an AI service could not be read',
  AI_KEY_UNREADABLE: 'The AI key of a company cannot be opened',
  AI_PLACEHOLDERS_LOST: 'An AI service lost placeholders of a text',
  AI_UNSETTLED: 'The use of an AI call could not be noted',
  CAPTCHA_REFUSED: 'A form was sent with a captcha that is not accepted',
  CAPTCHA_UNAVAILABLE: 'A form was refused because the captcha could not be checked',
  FORM_HONEYPOT: 'A form was filled in by a machine',
  SYNC_FAILED: 'An operation of an offline device failed by our own fault; the device sends it again',
  OUTBOX_DELIVERED: 'An outbox entry was delivered',
  OUTBOX_CONTINUED: 'The work of an outbox entry goes on in another turn',
  OUTBOX_RETRIED: 'An outbox entry failed and will be tried again',
  OUTBOX_REFUSED: 'An outbox entry can never be delivered',
  NEWS_LOST: 'A change filled its transaction, and what it tells people could not be written after it',
  WEBHOOK_ATTEMPTED: 'A delivery to an endpoint was tried',
  WEBHOOK_DISABLED: 'An endpoint was switched off, because nothing reached it',
  CALENDAR_READ: 'A calendar feed was read',
  CALENDAR_UNREADABLE: 'A calendar feed could not be read and is tried again later',
  CALENDAR_SUSPICIOUS: 'A calendar feed lacks so much that nothing of it is believed',
  CALENDAR_FAILED: 'What a calendar feed says could not be taken over',
  OUTBOX_SWEPT: 'Outbox entries were enqueued again',
  CONTACT_SYNC_CONTINUED: 'A sync of contacts goes on later',
  CONTACT_SYNC_FINISHED: 'A sync of contacts ended',
  GOOGLE_CONNECTED: 'A company has connected a Google account',
  GOOGLE_REFUSED: 'A consent of Google led to no connection',
  PHOTO_IGNORED: 'An uploaded file belongs to no photo, or was worked on before',
  PHOTO_IMPORTED: 'An uploaded file has become a photo',
  PHOTO_REFUSED: 'An uploaded file is no photo of a task',
  UPLOAD_LEFT: 'A used upload could not be deleted and waits for its hour to end',
  UPLOADS_SWEPT: 'Uploads whose hour is over were deleted',
  ERASURE_BEGUN: 'A company was erased for its users; its rows follow',
  ERASURE_CONTINUED: 'A turn at an erasure ended with more to do',
  ERASURE_FINISHED: 'Nothing of an erased company is left',
  ERASURE_FAILED: 'A turn at an erasure failed and will be tried again',
  ERASURE_SWEPT: 'Erasures were enqueued again',
} as const;

export type LogEvent = keyof typeof LOG_EVENTS;
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  /** Every line that `work` writes carries the id of its request, invocations side by side included. */
  within<T>(requestId: string, work: () => Promise<T>): Promise<T>;
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  /** The thrown thing appears as its class and its frames: its message may hold what somebody typed. */
  error(event: LogEvent, thrown: unknown, fields?: LogFields): void;
}

function framesOf(thrown: unknown): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  // Without the message first: it may have lines that look like frames.
  const frames = (thrown.stack ?? '')
    .replace(thrown.message, '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12);
  const cause = thrown.cause instanceof Error ? thrown.cause.name : undefined;
  return { error: thrown.name, frames: frames.map((line) => line.trim()), ...(cause && { cause }) };
}

/** The function's log; level by `POWERTOOLS_LOG_LEVEL`, service by `POWERTOOLS_SERVICE_NAME`. */
export function functionLog(): Log {
  const logger = new Logger();
  const requests = new AsyncLocalStorage<string>();
  const line = (event: LogEvent) => ({ message: LOG_EVENTS[event], event, request_id: requests.getStore() });
  return {
    within: (requestId, work) => requests.run(requestId, work),
    info: (event, fields = {}) => logger.info(line(event), fields as Record<string, string>),
    warn: (event, fields = {}) => logger.warn(line(event), fields as Record<string, string>),
    error: (event, thrown, fields = {}) => logger.error(line(event), { ...framesOf(thrown), ...fields }),
  };
}
