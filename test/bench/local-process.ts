import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PORT = 3919;

/**
 * Runs `use` against a local cloud in a process of its own, demo world and all, without rate limits: the load then comes
 * from this process.
 */
export async function withLocalProcess<T>(use: (address: string) => Promise<T>): Promise<T> {
  const env = { ...process.env, PORT: String(PORT), LOCAL_DATA: 'memory', LOCAL_RATE_LIMITS: 'off' };
  const local = fileURLToPath(new URL('../../bin/local.ts', import.meta.url));
  const server = spawn(process.execPath, [local], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    for await (const chunk of server.stdout) if (String(chunk).includes('npm run -s api')) break;
    return await use(`http://127.0.0.1:${PORT}`);
  } finally {
    server.kill('SIGINT');
    await ended;
  }
}
