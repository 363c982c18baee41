import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';
import { scriptedData } from './partner-data.ts';
import type { ServiceAccountGrants } from './service-account.ts';

const SEND = /^\/v1\/projects\/([^/]+)\/messages:send$/;
/** Bytes of keys and values that a message may carry. */
const MOST_BYTES = 4_096;
const LONGEST_COLLAPSE_ID = 64;
/** What FCM keeps for itself. */
const RESERVED_KEY = /^(?:from|message_type|gcm|google|gcm\..*|google\..*)$/;

const texts = z.record(z.string(), z.string());
const message = z.strictObject({
  token: z.string().min(1),
  notification: z.strictObject({ title: z.string().optional(), body: z.string().optional() }).optional(),
  data: texts.default({}),
  android: z.strictObject({ notification: z.strictObject({ tag: z.string() }).optional() }).optional(),
  apns: z.strictObject({ headers: texts.default({}) }).optional(),
});
const sent = z.strictObject({ message });
type Message = z.output<typeof message>;

/** HTTP status and canonical code of each of FCM's own codes. */
const ERRORS = {
  UNREGISTERED: [404, 'NOT_FOUND', 'Requested entity was not found.'],
  SENDER_ID_MISMATCH: [403, 'PERMISSION_DENIED', 'SenderId mismatch'],
  INVALID_ARGUMENT: [400, 'INVALID_ARGUMENT', 'The registration token is not a valid FCM registration token'],
  THIRD_PARTY_AUTH_ERROR: [401, 'UNAUTHENTICATED', 'Auth error from APNS or Web Push Service'],
  QUOTA_EXCEEDED: [429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.'],
  UNAVAILABLE: [503, 'UNAVAILABLE', 'The service is currently unavailable.'],
  INTERNAL: [500, 'INTERNAL', 'Internal error encountered.'],
} as const;
type ErrorCode = keyof typeof ERRORS;

const fcmData = z.strictObject({
  /** Devices that cannot be reached, by their token: what FCM answers. */
  errors: z.record(z.string(), z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])),
  /** What was pushed, oldest first. */
  pushed: z.array(message),
});

function failure(status: number, code: string, text: string, details: readonly object[] = []): PartnerAnswer {
  return { status, body: { error: { code: status, message: text, status: code, details } } };
}

function fcmFailure(errorCode: ErrorCode): PartnerAnswer {
  const detail = { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode };
  const [status, code, text] = ERRORS[errorCode];
  return failure(status, code, text, [detail]);
}

function badRequest(field: string, description: string): PartnerAnswer {
  const violations = {
    '@type': 'type.googleapis.com/google.rpc.BadRequest',
    fieldViolations: [{ field, description }],
  };
  return failure(400, 'INVALID_ARGUMENT', description, [violations]);
}

const UNAUTHENTICATED = failure(
  401,
  'UNAUTHENTICATED',
  'Request had invalid authentication credentials. Expected OAuth 2 access token.',
);

/** Firebase Cloud Messaging, HTTP v1: whatever is pushed can be read as the stand-in's data. */
export function fcm(grants: ServiceAccountGrants): Partner {
  const data = scriptedData(fcmData, () => ({ errors: {}, pushed: [] }));
  return {
    name: 'fcm',
    addressVariable: 'FCM_BASE_URL',
    data,
    faults: { down: fcmFailure('UNAVAILABLE'), '401': UNAUTHENTICATED, '429': fcmFailure('QUOTA_EXCEEDED') },
    keyOf: bearerOf,
    answer(request) {
      const [, project] = SEND.exec(request.path) ?? [];
      if (project === undefined || request.method !== 'POST') return { status: 404, body: '<title>Error 404</title>' };
      if (!grants.opens(bearerOf(request))) return UNAUTHENTICATED;
      if (project !== grants.project)
        return failure(403, 'PERMISSION_DENIED', 'Permission denied on resource project.');
      const parsed = sent.safeParse(jsonOf(request.body));
      const [issue] = parsed.error?.issues ?? [];
      if (parsed.data === undefined) return badRequest(issue?.path.join('.') ?? '', `Invalid value: ${issue?.message}`);
      const problem = problemWith(parsed.data.message);
      if (problem !== undefined) return problem;
      const { errors, pushed } = data.get();
      const error = errors[parsed.data.message.token];
      if (error !== undefined) return fcmFailure(error);
      data.merge({ pushed: [...pushed, parsed.data.message] });
      return { status: 200, body: { name: `projects/${project}/messages/0:${randomUUID()}` } };
    },
    reset: () => grants.reset(),
  };
}

function problemWith({ notification, data, apns }: Message): PartnerAnswer | undefined {
  const reserved = Object.keys(data).find((key) => RESERVED_KEY.test(key));
  if (reserved !== undefined) return badRequest('message.data', `Invalid data payload key: ${reserved}`);
  const size = Buffer.byteLength(
    Object.entries({ ...notification, ...data })
      .flat()
      .join(''),
  );
  if (size > MOST_BYTES) return badRequest('message', 'Message is too big');
  const collapseId = apns?.headers['apns-collapse-id'] ?? '';
  if (Buffer.byteLength(collapseId) > LONGEST_COLLAPSE_ID) {
    return badRequest('message.apns.headers', 'apns-collapse-id is too long');
  }
  return undefined;
}

function bearerOf({ headers }: PartnerRequest): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
