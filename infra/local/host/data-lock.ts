import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another local cloud works on the directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
}

/**
 * Keeps other local clouds of this machine away from a data directory; the answer lets them in again. A socket and not
 * a file with a process id: the system itself takes it back when the process dies, however it dies.
 *
 * @throws DataDirectoryInUse
 */
export async function lockDataDirectory(directory: string): Promise<() => Promise<void>> {
  mkdirSync(directory, { recursive: true });
  const name = `stay-ops-${createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 24)}`;
  // The path of a socket may have no more than about a hundred bytes, so it cannot lie in the directory itself.
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  const server = (await listen(path)) ?? (await takeOver(path, directory));
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** A server on the path; undefined when something is there already. */
function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}

/** Replaces the socket that a killed process has left behind. */
async function takeOver(path: string, directory: string): Promise<Server> {
  const inUse = new DataDirectoryInUse(`Another local cloud works on ${directory}.`);
  if (await answers(path)) throw inUse;
  rmSync(path, { force: true });
  const server = await listen(path);
  if (server === undefined) throw inUse;
  return server;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
