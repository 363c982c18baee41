import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startLocalServer } from '../aws-json/local-server.ts';
import { readBody } from '../host/read-body.ts';
import type { Partner, PartnerAnswer } from './partner.ts';
import { createFaultSetting, type PartnerFault } from './partner-fault.ts';

/** A stand-in that listens. */
export interface PartnerServer {
  readonly name: string;
  readonly addressVariable: string;
  readonly address: string;
  readonly fault: { set(fault: PartnerFault): void; current(): PartnerFault };
  /** Calls received since the last reset, those that met a fault included. */
  calls(): number;
  reset(): void;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Serves one stand-in on an address of its own, as the service it stands for. */
export async function startPartner(partner: Partner): Promise<PartnerServer> {
  const faults = createFaultSetting();
  const closing = new AbortController();
  let calls = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    calls += 1;
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === undefined) return send(response, { status: 413, body: { message: 'The body is too large.' } });
    const struck = faults.next();
    if (struck?.kind === 'refuse') return void request.socket.destroy();
    if (struck !== undefined && struck.kind !== 'slow') return send(response, partner.faults[struck.kind]);
    const url = new URL(request.url ?? '/', 'http://partner');
    const given = await partner.answer({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    });
    if (struck !== undefined) await delay(struck.delayMs, undefined, { ref: false, signal: closing.signal });
    send(response, given);
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
    calls: () => calls,
    reset() {
      faults.set({ fault: null });
      calls = 0;
      partner.reset();
    },
    close() {
      closing.abort();
      return server.close();
    },
  };
}

function send(response: ServerResponse, { status, headers = {}, body }: PartnerAnswer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
