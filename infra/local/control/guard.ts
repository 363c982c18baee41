import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAME = /^(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.|^::1$/;
const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * Why a call to the control routes is refused; undefined when it is not. They may be called from this machine only,
 * under a name of this machine (a foreign name that leads here is DNS rebinding), and a page of another origin may
 * change nothing through a visitor's browser.
 */
export function refusal(request: IncomingMessage): string | undefined {
  const { headers } = request;
  if (!LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? '')) return 'Only this machine may call it.';
  if (!LOOPBACK_NAME.test(headers.host ?? '')) return 'Call it by 127.0.0.1 or localhost.';
  if (SAFE_METHODS.has(request.method ?? 'GET')) return undefined;
  const foreignOrigin = headers.origin !== undefined && headers.origin !== `http://${headers.host}`;
  const site = headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  return foreignOrigin || foreignSite ? 'A page of another origin may not call it.' : undefined;
}
