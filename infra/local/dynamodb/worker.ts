import { parentPort } from 'node:worker_threads';
import { type Order, openTableServer, type ServerSettings, type TableServer } from './table-server.ts';

/** What the thread can be told, one server at a time. The answer is `{ id, result }` or `{ id, error }`. */
export type Command = Order | { readonly name: 'open'; readonly settings: ServerSettings } | { readonly name: 'close' };

if (parentPort === null) throw new Error('The table runs in a thread of its own: start it with startDynamoDb.');
const parent = parentPort;
let server: TableServer | undefined;

async function obey(command: Command): Promise<unknown> {
  if (command.name === 'open') {
    server = await openTableServer(command.settings);
    return server.port;
  }
  if (command.name !== 'close') return server?.obey(command);
  await server?.close();
  server = undefined;
}

parent.on('message', ({ id, command }: { id: number; command: Command }) => {
  obey(command).then(
    (result) => parent.postMessage({ id, result }),
    (error: unknown) => parent.postMessage({ id, error }),
  );
});
