import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Operation } from './actions.ts';
import { isServiceError, serviceError } from './errors.ts';
import { type FaultBook, faultError } from './faults.ts';
import { refuseForeignKeys } from './leading-keys.ts';
import { JsonText } from './plain-reads.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const TARGET_PREFIX = 'DynamoDB_20120810.';

/**
 * The HTTP face of the table: one POST per operation, AWS JSON 1.0. Signatures are required but not
 * checked; a session of a company reaches its rows alone.
 */
export function createHttpServer(operations: Readonly<Record<string, Operation>>, faults: FaultBook): Server {
  const server = createServer((request, response) => {
    answer(request, response, operations, faults).catch((error: unknown) => {
      // Here only when the connection broke; what an operation throws is answered.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  // A client keeps its connections for as long as it likes; closing an idle one races with its next request.
  server.keepAliveTimeout = 0;
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  operations: Readonly<Record<string, Operation>>,
  faults: FaultBook,
): Promise<void> {
  const body = await readBody(request);
  const name = operationName(request);
  const fault = name === undefined ? undefined : faults.next(name);
  if (fault === undefined) return send(response, await perform(operations, name, request, body));
  if (fault.carriedOut === true) await perform(operations, name, request, body);
  const error = faultError(fault);
  if (error !== undefined) return send(response, errorAnswer(error));
  if (fault.error === 'drop') response.destroy();
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function operationName(request: IncomingMessage): string | undefined {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' && target.startsWith(TARGET_PREFIX)
    ? target.slice(TARGET_PREFIX.length)
    : undefined;
}

async function perform(
  operations: Readonly<Record<string, Operation>>,
  name: string | undefined,
  request: IncomingMessage,
  body: string | undefined,
): Promise<Answer> {
  try {
    if (body === undefined)
      throw serviceError('RequestEntityTooLarge', 'The request is too large', { statusCode: 413 });
    const operation = name !== undefined && Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw serviceError('UnknownOperationException', `No operation ${name}`);
    const { authorization } = request.headers;
    if (authorization?.startsWith('AWS4-') !== true) {
      throw serviceError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
    }
    const input = parse(body);
    refuseForeignKeys(authorization, name ?? '', input);
    const answer = await operation(input);
    return { status: 200, body: answer instanceof JsonText ? answer.text : JSON.stringify(answer) };
  } catch (error) {
    return errorAnswer(error);
  }
}

function parse(body: string): Record<string, unknown> {
  try {
    const request: unknown = JSON.parse(body);
    if (typeof request === 'object' && request !== null && !Array.isArray(request)) return { ...request };
  } catch {
    // Answered below, like any other text that is not a JSON object.
  }
  throw serviceError('SerializationException', 'The request is not a JSON object');
}

function errorAnswer(error: unknown): Answer {
  if (isServiceError(error)) return { status: error.statusCode, body: JSON.stringify(error.body) };
  // A fault of this emulator: the stack says where, the answer only that.
  console.error(error);
  return errorAnswer(serviceError('InternalServerError', 'Internal server error', { statusCode: 500 }));
}

/** Undefined when the body is larger than DynamoDB takes; it is read to its end either way. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on('end', () => resolve(size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString()));
    request.on('error', reject);
  });
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.sendDate = false;
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': nextRequestId(),
  });
  response.end(body);
}

let requests = 0;

function nextRequestId(): string {
  requests += 1;
  return requests.toString(36).toUpperCase().padStart(52, '0');
}
