import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startLocalServer } from '../aws-json/local-server.ts';
import { readBody } from '../host/read-body.ts';
import type { Partner, PartnerAnswer, PartnerRequest, WordedFault } from './partner.ts';
import type { PartnerData } from './partner-data.ts';
import { createFaultSetting, type FaultKind, type PartnerFault } from './partner-fault.ts';
import { createCallRecord, type RecordedCall } from './recorded-calls.ts';
import { spoiledBody } from './spoiled-body.ts';

/** A stand-in that listens. */
export interface PartnerServer {
  readonly name: string;
  readonly addressVariable: string;
  readonly address: string;
  readonly fault: { set(fault: PartnerFault): void; current(): PartnerFault };
  /** What it answers from, where that can be set. */
  readonly data: PartnerData | undefined;
  /** How many calls came in since the last reset, those that met a fault included. */
  calls(): number;
  /** The last thousand of them, oldest first. */
  recorded(): readonly RecordedCall[];
  reset(): void;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Serves one stand-in on an address of its own, as the service it stands for. */
export async function startPartner(partner: Partner): Promise<PartnerServer> {
  const faults = createFaultSetting();
  const calls = createCallRecord();
  const closing = new AbortController();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await received(request);
    const struck = faults.next(call?.path ?? '');
    if (call === undefined) return send(response, { status: 413, body: { message: 'The body is too large.' } });
    calls.add(call, partner.keyOf?.(call), struck?.kind);
    if (struck?.kind === 'refuse') return void request.socket.destroy();
    if (struck !== undefined && isWorded(struck.kind)) {
      const worded = partner.faults[struck.kind];
      return send(response, { ...worded, headers: { ...worded.headers, ...struck.headers } });
    }
    if (struck?.kind === 'echo') return send(response, echoOf(call));
    const given = await partner.answer(call);
    if (struck === undefined) return send(response, given);
    if (struck.kind === 'slow') await delay(struck.delayMs, undefined, { ref: false, signal: closing.signal });
    const spoilt = { ...given, body: spoiledBody(given.body, struck.kind) };
    return struck.kind === 'half_page' ? breakOff(response, spoilt) : send(response, spoilt);
  }

  const server = await startLocalServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!closing.signal.aborted) console.error(`The stand-in for ${partner.name} failed`, error);
      response.destroy();
    });
  });
  return {
    name: partner.name,
    addressVariable: partner.addressVariable,
    address: server.endpoint,
    fault: { set: faults.set, current: faults.current },
    data: partner.data,
    calls: calls.count,
    recorded: calls.list,
    reset() {
      faults.set({ fault: null });
      calls.clear();
      partner.data?.reset();
      partner.reset();
    },
    close() {
      closing.abort();
      return server.close();
    },
  };
}

/** Undefined when its body is too large. */
async function received(request: IncomingMessage): Promise<PartnerRequest | undefined> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const url = new URL(request.url ?? '/', 'http://partner');
  const { method = 'GET', headers } = request;
  return body && { method, path: url.pathname, query: url.searchParams, headers, body };
}

const WORDED: readonly FaultKind[] = ['down', '401', '429'] satisfies readonly WordedFault[];

function isWorded(kind: FaultKind): kind is WordedFault {
  return WORDED.includes(kind);
}

/** Everything that the call has told: keys and guests, where it told of some. */
function echoOf({ method, path, query, headers, body }: PartnerRequest): PartnerAnswer {
  const told = `${method} ${path}?${query} ${JSON.stringify(headers)} ${body.toString('utf8')}`;
  return { status: 400, body: { error: `Cannot be understood: ${told}`, message: told } };
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function typed({ headers = {}, body }: PartnerAnswer): Record<string, string> {
  return { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json', ...headers };
}

function send(response: ServerResponse, answer: PartnerAnswer): void {
  response.writeHead(answer.status, typed(answer));
  response.end(textOf(answer.body));
}

/** Announces the whole answer and ends the connection after half of it. */
function breakOff(response: ServerResponse, answer: PartnerAnswer): void {
  const bytes = Buffer.from(textOf(answer.body));
  response.writeHead(answer.status, { ...typed(answer), 'content-length': String(bytes.length) });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}
