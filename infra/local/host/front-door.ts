import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What API Gateway allows for request line and header fields together. */
const MAX_HEADER_BYTES = 10_240;
/** As long as a load balancer keeps an idle connection, so that clients rarely meet one that is just closing. */
const KEEP_ALIVE_MS = 65_000;
/** Calls under way get this long to finish when the local cloud stops. */
const GRACE_MS = 3_000;

/** The one address that people and clients call. */
export interface FrontDoor {
  /** e.g. `http://127.0.0.1:3000`. */
  readonly address: string;
  /** Calls that came before have waited for this. */
  open(listener: RequestListener): void;
  close(): Promise<void>;
}

/**
 * Binds the port at once, so that a taken one stops the start before anything else has happened.
 *
 * @throws the system's error, with code `EADDRINUSE` when the port is taken
 */
export async function bindFrontDoor(port: number): Promise<FrontDoor> {
  const opened = Promise.withResolvers<RequestListener>();
  let listener: RequestListener | undefined;
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true },
    (request, response) => {
      if (listener !== undefined) listener(request, response);
      else
        opened.promise.then(
          (ready) => ready(request, response),
          () => response.destroy(),
        );
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open(ready) {
      listener = ready;
      opened.resolve(ready);
    },
    close() {
      opened.promise.catch(() => undefined);
      opened.reject(new Error('The local cloud has stopped.'));
      return new Promise((resolve) => {
        const impatience = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        server.close(() => {
          clearTimeout(impatience);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}
