// Starts the local cloud as the README says and tries the commands that it prints.
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const env = { ...process.env, PORT: '3917', LOCAL_DATA: 'memory' };
const server = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
let printed = '';
server.stdout.on('data', (chunk) => {
  printed += chunk;
});
const stop = () => process.kill(-server.pid, 'SIGINT');

async function printedCommands() {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const commands = printed.match(/^\s*npm run -s api -- .*$/gm) ?? [];
    if (commands.length >= 3) return commands.map((command) => command.trim());
    await sleep(100);
  }
  throw new Error(`npm start printed no commands to try:\n${printed}`);
}

try {
  for (const command of await printedCommands()) {
    const result = spawnSync(command, { env, shell: true, encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`${command}\n${result.stdout}${result.stderr}`);
    console.log(`ok: ${command}`);
  }
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  stop();
  await ended;
}
