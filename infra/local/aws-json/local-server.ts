import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listening emulator. `endpoint` is what `AWS_ENDPOINT_URL_<SERVICE>` has to hold. */
export interface LocalServer {
  readonly endpoint: string;
  /** Ends every connection at once and resolves when the port is free. */
  close(): Promise<void>;
}

/** Longer than an SDK client keeps an idle socket, so that the client is the one to drop it and no call meets a reset. */
const KEEP_ALIVE_MS = 120_000;

/**
 * Starts an HTTP server on the loopback address; port 0 takes any free one.
 * The address is numeric because `localhost` may mean `::1`, and because the SDK then uses path-style S3 addresses.
 */
export async function startLocalServer(listener: RequestListener, port = 0): Promise<LocalServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
