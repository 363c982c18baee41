import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import {
  type AnsweredFault,
  createFaultRegister,
  type FaultError,
  type FaultRegister,
  isSilent,
  stayAway,
} from './faults.ts';
import { type LocalServer, startLocalServer } from './local-server.ts';
import { ServiceError } from './service-error.ts';
import { parseQuery, sha256Hex, uriEncode } from './sigv4.ts';
import {
  type SignatureContext,
  SignatureError,
  type SignatureFailure,
  verifyHeaderSignature,
} from './verify-signature.ts';

/** One action of a service: JSON in, JSON out. `signal` fires when the caller has gone. */
export type JsonOperation = (input: unknown, signal: AbortSignal) => object | Promise<object>;

export interface JsonService {
  /** What precedes the dot in `X-Amz-Target`. */
  readonly targetPrefix: string;
  readonly operations: Readonly<Record<string, JsonOperation>>;
  readonly signatures: SignatureContext;
  /** The code this service uses for an internal error. */
  readonly internalErrorCode: string;
  readonly port?: number;
}

export interface JsonServer extends LocalServer {
  readonly faults: FaultRegister;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;

const SIGNATURE_CODES: Record<SignatureFailure, string> = {
  missing: 'MissingAuthenticationTokenException',
  malformed: 'IncompleteSignatureException',
  wrong_scope: 'InvalidSignatureException',
  unknown_key: 'UnrecognizedClientException',
  mismatch: 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
  skewed: 'InvalidSignatureException',
  unsigned_header: 'InvalidSignatureException',
};

/**
 * Serves an AWS service that speaks the JSON protocol (`X-Amz-Target`, versions 1.0 and 1.1):
 * signature, faults, dispatch and errors. What the actions do is the service's own.
 */
export async function startJsonServer(service: JsonService): Promise<JsonServer> {
  const faults = createFaultRegister();
  const server = await startLocalServer((request, response) => {
    answer(service, faults, request, response).catch((error: unknown) => fail(service, request, response, error));
  }, service.port);
  return { ...server, faults };
}

/**
 * Binds a schema to an action: what does not fit is answered with `invalidCode`, naming the members, never values.
 */
export function jsonOperation<S extends z.ZodType>(
  schema: S,
  run: (input: z.output<S>, signal: AbortSignal) => object | Promise<object>,
  invalidCode = 'ValidationException',
): JsonOperation {
  return (input, signal) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      const members = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
      throw new ServiceError(invalidCode, members.join('; '));
    }
    return run(parsed.data, signal);
  };
}

async function answer(
  service: JsonService,
  faults: FaultRegister,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const operation = readTarget(service, request);
  const fault = faults.meet(operation);
  if (fault !== undefined && fault.carriedOut !== true) return failAs(service, fault.error, request);
  authenticate(service, request, body);
  const run = service.operations[operation];
  if (run === undefined) {
    throw new ServiceError('UnknownOperationException', `${operation} is not part of the local cloud.`);
  }
  const caller = new AbortController();
  response.on('close', () => caller.abort());
  const result = await run(body.length === 0 ? {} : parseBody(body), caller.signal);
  if (fault !== undefined) return failAs(service, fault.error, request);
  send(request, response, 200, result);
}

function failAs(service: JsonService, error: FaultError, request: IncomingMessage): void {
  if (!isSilent(error)) throw faultError(service, error);
  stayAway(request, error);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw new ServiceError('RequestEntityTooLarge', 'The body is too large.', { status: 413 });
  return Buffer.concat(chunks);
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ServiceError('SerializationException', 'The body is not JSON.');
  }
}

function readTarget(service: JsonService, request: IncomingMessage): string {
  const [prefix, operation] = String(request.headers['x-amz-target'] ?? '').split('.');
  if (prefix !== service.targetPrefix || operation === undefined) {
    throw new ServiceError('UnknownOperationException', `X-Amz-Target has to begin with ${service.targetPrefix}.`);
  }
  return operation;
}

function authenticate(service: JsonService, request: IncomingMessage, body: Buffer): void {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const canonicalPath = path.split('/').map(uriEncode).join('/');
  const head = { method: request.method ?? 'POST', canonicalPath, query: parseQuery(query), headers: request.headers };
  verifyHeaderSignature(head, sha256Hex(body), service.signatures);
}

function faultError(service: JsonService, error: AnsweredFault): ServiceError {
  const errors = {
    throttle: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
    internal: () => new ServiceError(service.internalErrorCode, 'Internal failure, asked for.', { status: 500 }),
    unavailable: () => new ServiceError('ServiceUnavailable', 'Unavailable, as asked for.', { status: 503 }),
  };
  return errors[error]();
}

function fail(service: JsonService, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return;
  const known = translate(service, error);
  if (known.queryCode !== undefined) response.setHeader('x-amzn-query-error', `${known.queryCode};Sender`);
  send(request, response, known.status, { __type: known.code, message: known.message });
}

function translate(service: JsonService, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof SignatureError) return new ServiceError(SIGNATURE_CODES[error.reason], error.message);
  console.error(`local ${service.signatures.service} failed`, error);
  return new ServiceError(service.internalErrorCode, 'Internal failure.', { status: 500 });
}

function send(request: IncomingMessage, response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}
