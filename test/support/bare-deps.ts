import type { HttpDeps } from '../../shared/platform/http/http-function.ts';
import type { Log } from '../../shared/platform/log/log.ts';

/** Tests break things on purpose: nobody wants to read of it. */
export const SILENT: Log = {
  within: (_, work) => work(),
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** What an HTTP function is built from where its routes reach for nothing: without a table, limits, origins or an edge. */
export const BARE_DEPS: HttpDeps = {
  table: undefined as never,
  rateLimits: false,
  csrfKey: async () => new Uint8Array(32),
  clock: { now: () => new Date(0) },
  log: SILENT,
  allowedOrigins: [],
  edgeKey: '',
  publicBaseUrl: 'https://api.example.com/api',
};
