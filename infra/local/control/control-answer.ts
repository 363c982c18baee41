import type { ServerResponse } from 'node:http';
import { Markup } from './html.ts';

/** An answer of a control route: JSON, or a page. */
export interface ControlAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export function json(body: unknown, status = 200): ControlAnswer {
  return { status, body };
}

/** An answer that says in one sentence what is wrong. */
export function problem(status: number, error: string, more: Readonly<Record<string, unknown>> = {}): ControlAnswer {
  return { status, body: { ok: false, error, ...more } };
}

/** Everything a page needs stands in it; `nonce` marks what may run. */
export function page(content: Markup, nonce: string): ControlAnswer {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // Mails bring styles of their own; they are shown in a frame that inherits this policy.
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { status: 200, headers: { 'content-security-policy': policy }, body: content };
}

export function send(response: ServerResponse, { status, headers = {}, body }: ControlAnswer): void {
  const isPage = body instanceof Markup;
  const text = isPage ? body.text : `${JSON.stringify(body, null, 2)}\n`;
  response.writeHead(status, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...headers,
  });
  response.end(text);
}
