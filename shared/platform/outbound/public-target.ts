import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type OutboundAnswer, OutboundFailed, type OutboundLimits, type OutboundRequest } from './outbound-call.ts';
import { isAllowedIp, type PrivateTargets, problemOfAddress, type TargetProblem } from './public-address.ts';

/** An address of somebody else's choosing that must not be called. Says why, and never the address. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
  readonly problem: TargetProblem;

  constructor(problem: TargetProblem) {
    super(`The address must not be called: ${problem}`);
    this.problem = problem;
  }
}

/** All addresses of a name, or an error: `dns.lookup`, or what a test puts in its place. */
export type ResolveName = (
  name: string,
  answer: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface PublicTargets {
  /**
   * Why an address cannot be registered; looks its name up. With private targets allowed the name waits for the call.
   * @returns undefined when nothing speaks against it
   */
  problemOf(address: string): Promise<TargetProblem | undefined>;
  /**
   * Calls once, without following redirects. Every address of the name is looked at when the connection is made, and
   * the connection goes to one that was looked at: a name that points elsewhere by then gains nothing.
   *
   * @throws TargetRefused, OutboundFailed
   */
  call(request: OutboundRequest, limits: TargetLimits): Promise<OutboundAnswer>;
}

/** Bounds of one call. `overlong` says what becomes of an answer with more than `mostBytes`: read no further, or fail. */
export interface TargetLimits extends OutboundLimits {
  readonly overlong: 'cut' | 'fail';
}

const systemResolve: ResolveName = (name, answer) =>
  systemLookup(name, { all: true, verbatim: true }, (error, addresses) => answer(error, addresses ?? []));

/**
 * The way to addresses that tenants have named: webhooks, calendar feeds. Time and size are bounded; each call has a
 * connection of its own, so that no earlier look at a name holds for a later call.
 *
 * @example
 * const targets = publicTargets(env.PRIVATE_TARGETS);
 * const limits = { signal: AbortSignal.timeout(15_000), mostBytes: 1_024, overlong: 'cut' } as const;
 * await targets.call({ method: 'POST', address, headers, body }, limits);
 */
export function publicTargets(privateTargets: PrivateTargets, resolve: ResolveName = systemResolve): PublicTargets {
  return {
    async problemOf(address) {
      const problem = problemOfAddress(address, privateTargets);
      if (problem !== undefined || privateTargets === 'allow') return problem;
      const addresses = await resolved(new URL(address).hostname, resolve);
      return problemOfResolved(addresses, privateTargets);
    },
    async call(request, limits) {
      const problem = problemOfAddress(request.address, privateTargets);
      if (problem !== undefined) throw new TargetRefused(problem);
      return answered(request, limits, checkedLookup(resolve, privateTargets));
    },
  };
}

async function resolved(name: string, resolve: ResolveName): Promise<readonly LookupAddress[]> {
  return new Promise((answer) => resolve(name, (error, addresses) => answer(error === null ? addresses : [])));
}

/** One private address among many is enough: a resolver may answer them in any order. */
function problemOfResolved(
  addresses: readonly LookupAddress[],
  privateTargets: PrivateTargets,
): TargetProblem | undefined {
  if (addresses.length === 0) return 'unresolved';
  return addresses.every(({ address }) => isAllowedIp(address, privateTargets)) ? undefined : 'private_network';
}

/** Asked by the socket itself while it connects, so nothing lies between the look and the connection. */
function checkedLookup(resolve: ResolveName, privateTargets: PrivateTargets): LookupFunction {
  return (name, options, done) => {
    resolve(name, (error, addresses) => {
      if (error !== null) return done(error, []);
      const problem = problemOfResolved(addresses, privateTargets);
      const [first] = addresses;
      if (problem !== undefined || first === undefined) return done(new TargetRefused(problem ?? 'unresolved'), []);
      if (options.all === true) return done(null, [...addresses]);
      return done(null, first.address, first.family);
    });
  };
}

async function answered(
  request: OutboundRequest,
  limits: TargetLimits,
  lookup: LookupFunction,
): Promise<OutboundAnswer> {
  try {
    const message = await sent(request, limits.signal, lookup);
    return {
      status: message.statusCode ?? 0,
      headers: headersOf(message),
      text: await readText(message, limits),
    };
  } catch (thrown) {
    if (thrown instanceof TargetRefused || thrown instanceof OutboundFailed) throw thrown;
    // What the system says may quote the address.
    throw new OutboundFailed(limits.signal.aborted ? 'timeout' : 'unreachable');
  }
}

function sent(
  { method, address, headers = {}, body }: OutboundRequest,
  signal: AbortSignal,
  lookup: LookupFunction,
): Promise<IncomingMessage> {
  const send = new URL(address).protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const call = send(address, { method, headers: { ...headers, ...length }, signal, lookup, agent: false });
    call.once('response', resolve).once('error', reject);
    call.end(body);
  });
}

function headersOf({ headers }: IncomingMessage): Headers {
  const plain = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]],
  );
  return new Headers(plain);
}

/** Leaving the loop ends the connection, so what a receiver goes on sending is not read. */
async function readText(message: IncomingMessage, { mostBytes, overlong }: TargetLimits): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes && overlong === 'fail') throw new OutboundFailed('too_large');
    chunks.push(chunk);
    if (size > mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
}
