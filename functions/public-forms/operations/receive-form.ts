import { enqueueEntry } from '../../../shared/domain/outbox/enqueue-entry.ts';
import type { NewOutboxEntry } from '../../../shared/domain/outbox/outbox-entry.ts';
import type { Captcha } from '../../../shared/platform/captcha/turnstile.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError, type ErrorCode } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Origin } from '../../../shared/platform/http/route.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import { HONEYPOT_MESSAGE } from '../schemas.ts';

export interface FormDeps {
  readonly captcha: Captcha;
  /** The outbox of the platform itself. */
  readonly outbox: { additionOf(entry: NewOutboxEntry, now: Date): Write };
  readonly commit: (writes: readonly Write[]) => Promise<void>;
  readonly queue: WorkQueue;
  /** Company id under which the platform's own entries rest. */
  readonly platformId: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** One form: what it is called in the log, and what is special to it. */
export interface Form<B> {
  readonly name: string;
  /** A captcha that is not accepted is a 403 on one form and a 422 on the other. */
  readonly refusal: Extract<ErrorCode, 'forbidden' | 'invalid'>;
  readonly thanks: string;
  /** What is sent because of it. */
  readonly notices: (body: B, now: Date) => readonly Omit<Extract<NewOutboxEntry, { content: unknown }>, 'id'>[];
}

const NOT_ACCEPTED =
  'No hemos podido comprobar que no eres un robot. Repite la comprobación y vuelve a enviar el formulario.';

/**
 * Takes a form: validated, checked by the captcha once, since its token can be used once, and handed to the outbox,
 * from where mail and Discord leave each by itself and are tried again. What becomes of them does not touch the answer.
 * @throws AppError `invalid`, or the form's own refusal
 */
export async function receiveForm<B extends { readonly turnstile_token: string }>(
  deps: FormDeps,
  form: Form<B>,
  { body, origin }: { readonly body: () => B; readonly origin: Origin },
) {
  const fields = validated(deps.log, form.name, body);
  const attempt = { token: fields.turnstile_token, address: origin.address, idempotencyKey: deps.ids.uuid() };
  const verdict = await deps.captcha.verify(attempt);
  if (verdict.kind !== 'accepted') {
    const reasons = verdict.reasons.join(',');
    if (verdict.kind === 'unavailable') deps.log.error('CAPTCHA_UNAVAILABLE', undefined, { form: form.name, reasons });
    else deps.log.warn('CAPTCHA_REFUSED', { form: form.name, reasons });
    throw new AppError(form.refusal, NOT_ACCEPTED);
  }
  const now = deps.clock.now();
  const entries = form.notices(fields, now).map((notice) => ({ id: deps.ids.next('out', now), ...notice }));
  await deps.commit(entries.map((entry) => deps.outbox.additionOf(entry, now)));
  await Promise.all(entries.map(({ id }) => enqueueEntry(deps, deps.platformId, id)));
  return ok({ message: form.thanks });
}

/** The fields, a filled honeypot noted by itself: whoever fills it is told no more than of any other mistake. */
function validated<B>(log: Log, form: string, body: () => B): B {
  try {
    return body();
  } catch (thrown) {
    const issues = thrown instanceof AppError ? (thrown.details.issues ?? []) : [];
    if (issues.some(({ message }) => message === HONEYPOT_MESSAGE)) log.warn('FORM_HONEYPOT', { form });
    throw thrown;
  }
}
