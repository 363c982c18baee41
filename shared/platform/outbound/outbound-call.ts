/** One call to a service of somebody else. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as these very bytes, so that a signature over them holds. */
  readonly body?: string;
}

/** Bounds of one call. */
export interface OutboundLimits {
  /** Ends the call, body and all; several calls may share one, and with it their time. */
  readonly signal: AbortSignal;
  /** Bytes of the answer's body at most. */
  readonly mostBytes: number;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Why there is no answer. */
type OutboundProblem = 'timeout' | 'unreachable' | 'too_large';

/** A call that brought no answer to read. Says neither address nor header: either may hold a secret. */
export class OutboundFailed extends Error {
  override readonly name = 'OutboundFailed';
  readonly problem: OutboundProblem;

  constructor(problem: OutboundProblem) {
    super(`The service gave no answer that can be read: ${problem}`);
    this.problem = problem;
  }
}

/** Honest and fixed, with an address to write to (`integrations.md` §0.2). */
export const USER_AGENT = 'stay-ops (+https://stay-sidekick.com)';

/** {@link callOut}, or what a test puts in its place. */
export type CallOut = (request: OutboundRequest, limits: OutboundLimits) => Promise<OutboundAnswer>;

/**
 * Calls once. Time and size are bounded, redirects are answered as they are and never followed: a redirected request
 * would carry its credentials to wherever it is told.
 *
 * @example
 * const limits = { signal: AbortSignal.timeout(3_000), mostBytes: 65_536 };
 * await callOut({ method: 'GET', address: `${base}/api/me`, headers }, limits);
 * @throws OutboundFailed
 */
export async function callOut(request: OutboundRequest, limits: OutboundLimits): Promise<OutboundAnswer> {
  const { signal } = limits;
  try {
    const answer = await fetch(request.address, {
      method: request.method,
      headers: { 'user-agent': USER_AGENT, accept: 'application/json', ...request.headers },
      redirect: 'manual',
      signal,
      ...(request.body !== undefined && { body: request.body }),
    });
    return { status: answer.status, headers: answer.headers, text: await readText(answer, limits.mostBytes) };
  } catch (thrown) {
    if (thrown instanceof OutboundFailed) throw thrown;
    // What fetch throws may quote the address or a header.
    throw new OutboundFailed(signal.aborted ? 'timeout' : 'unreachable');
  }
}

async function readText({ body }: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) throw new OutboundFailed('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Escapes that may stand for half a character (RFC 8259 §8.2). */
const ESCAPED_SURROGATE = /\\ud[89a-f]/i;

/** A guest whose name a service has cut in the middle of a character is a guest: what cannot be stored is mended. */
function mended(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** The answer's body as JSON, undefined when it is none. */
export function jsonOf({ text }: OutboundAnswer): unknown {
  try {
    return ESCAPED_SURROGATE.test(text) ? JSON.parse(text, mended) : JSON.parse(text);
  } catch {
    return undefined;
  }
}
