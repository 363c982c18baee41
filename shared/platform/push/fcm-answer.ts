import * as z from 'zod';
import { jsonOf, type OutboundAnswer } from '../outbound/outbound-call.ts';
import { isPassing } from './google-call.ts';
import { PushNotSetUp, PushRefused, PushUndelivered } from './push-errors.ts';

const FCM_ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';
const BAD_REQUEST = 'type.googleapis.com/google.rpc.BadRequest';

/** FCM's own codes (`firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode`). */
const errorCode = z.enum([
  'UNSPECIFIED_ERROR',
  'INVALID_ARGUMENT',
  'UNREGISTERED',
  'SENDER_ID_MISMATCH',
  'QUOTA_EXCEEDED',
  'UNAVAILABLE',
  'INTERNAL',
  'THIRD_PARTY_AUTH_ERROR',
]);

const detail = z.object({
  '@type': z.string(),
  errorCode: errorCode.optional().catch(undefined),
  fieldViolations: z
    .array(z.object({ field: z.string() }))
    .optional()
    .catch(undefined),
});

const failure = z.object({ error: z.object({ message: z.string().catch(''), details: z.array(detail).catch([]) }) });

/** The token that FCM was shown no longer opens anything. */
export function isTokenRefused(answer: OutboundAnswer): boolean {
  return answer.status === 401 && codeOf(answer) === undefined;
}

/**
 * What became of a message by FCM's answer.
 * @returns `gone` when the device has to be forgotten: its app was removed, belongs to another project, or what was
 * registered is no token
 * @throws PushRefused @throws PushNotSetUp @throws PushUndelivered
 */
export function outcomeOf(answer: OutboundAnswer): 'delivered' | 'gone' {
  const { status } = answer;
  if (status === 200) return 'delivered';
  const code = codeOf(answer);
  const said = `FCM answered ${status} ${code ?? 'without a code'}`;
  switch (code) {
    case 'UNREGISTERED':
    case 'SENDER_ID_MISMATCH':
      return 'gone';
    case 'INVALID_ARGUMENT':
      if (isAboutToken(answer)) return 'gone';
      throw new PushRefused(said);
    case 'THIRD_PARTY_AUTH_ERROR':
      throw new PushRefused(said);
    case 'QUOTA_EXCEEDED':
    case 'UNAVAILABLE':
    case 'INTERNAL':
      throw new PushUndelivered(said);
    default:
      throw withoutCode(answer, said);
  }
}

function withoutCode(answer: OutboundAnswer, said: string): Error {
  const { status } = answer;
  // A page in place of an error of Google's own is a fault on its way.
  if (isPassing(status) || failureOf(answer) === undefined) return new PushUndelivered(said);
  // 400: this message; 401, 403, 404: the account, its rights, its project.
  return status === 400 ? new PushRefused(said) : new PushNotSetUp(said);
}

function failureOf(answer: OutboundAnswer) {
  return failure.safeParse(jsonOf(answer)).data?.error;
}

function codeOf(answer: OutboundAnswer): z.infer<typeof errorCode> | undefined {
  return failureOf(answer)?.details.find((each) => each['@type'] === FCM_ERROR)?.errorCode;
}

/** The same code says that a message is too large or a value is none: only the token's own complaint is the device's. */
function isAboutToken(answer: OutboundAnswer): boolean {
  const { message, details } = failureOf(answer) ?? { message: '', details: [] };
  const fields = details.flatMap((each) => (each['@type'] === BAD_REQUEST ? (each.fieldViolations ?? []) : []));
  if (fields.length > 0) return fields.every(({ field }) => field === 'message.token');
  return /registration token/i.test(message);
}
