import { glob } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { playDemo } from './demo/demo-story.ts';
import { collectRarely } from './host/collect-rarely.ts';
import type { LocalCloud, LocalCloudOptions } from './local-cloud.ts';
import { synthesise } from './template/synthesise.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** `memory` keeps nothing. */
  LOCAL_DATA: z.string().min(1).default('.local'),
  LOCAL_RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  /** `refuse` behaves like a deployed stage: no webhook or calendar feed on this machine. */
  LOCAL_PRIVATE_TARGETS: z.enum(['allow', 'refuse']).default('allow'),
  LOCAL_CLOCK: z.iso.datetime({ offset: true }).optional(),
});

/** Runs the local cloud for a person until a signal ends it. Ends the process with 1 and one line when it cannot. */
export async function runLocal(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const startedAt = performance.now();
  collectRarely();
  try {
    const options = optionsFrom(environment);
    // Making the templates takes longest and has a thread of its own: what the rest needs is loaded meanwhile.
    const templates = synthesise();
    templates.catch(() => undefined);
    const { startLocalCloud } = await import('./local-cloud.ts');
    const demo = await import('./demo/demo-story.ts');
    await loadWhatHandlersLoad();
    const cloud = await startLocalCloud({ ...options, templates, seed: (made) => demo.playDemo(stageOf(made)) });
    stopOnSignal(cloud);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      [
        `Stay Ops runs at ${cloud.address} (ready in ${seconds} s)`,
        `Control page: ${cloud.address}/_local/`,
        '',
        ...cloud.story,
        '',
        'Ctrl-C stops it.',
      ].join('\n'),
    );
  } catch (error) {
    console.error(sentenceFor(error));
    process.exit(1);
  }
}

function optionsFrom(environment: Readonly<Record<string, string | undefined>>): LocalCloudOptions {
  const parsed = settings.safeParse(environment);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }
  const { PORT, LOCAL_DATA, LOCAL_RATE_LIMITS, LOCAL_PRIVATE_TARGETS, LOCAL_CLOCK } = parsed.data;
  return {
    port: PORT,
    dataDirectory: LOCAL_DATA === 'memory' ? undefined : resolve(LOCAL_DATA),
    rateLimits: LOCAL_RATE_LIMITS === 'on',
    environment: { PRIVATE_TARGETS: LOCAL_PRIVATE_TARGETS },
    ...(LOCAL_CLOCK !== undefined && { clock: new Date(LOCAL_CLOCK) }),
  };
}

/** All that lies under the handlers. They themselves read their environment as they load, and the templates give it. */
async function loadWhatHandlersLoad(): Promise<void> {
  const files = glob('functions/*/{routes,operations/*}.ts', { cwd: ROOT });
  for await (const file of files) await import(pathToFileURL(join(ROOT, file)).href);
}

/** What the demo plays on. */
function stageOf(cloud: LocalCloud): Parameters<typeof playDemo>[0] {
  return {
    address: cloud.address,
    table: cloud.info.table,
    arrivalsBucket: cloud.info.buckets.arrivals,
    now: cloud.now,
    runLateCheckin: () => cloud.runSchedule('late-checkin'),
    drain: cloud.drain,
    mailCount: () => cloud.outbox.list().length,
  };
}

function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port is taken, perhaps by a local cloud that runs already. Set PORT to another one.';
  }
  return error.name === 'Error' || error.name === 'TemplateError' || error.name === 'DataDirectoryInUse'
    ? error.message
    : (error.stack ?? error.message);
}

/** One signal stops in good order; a second one at once. */
function stopOnSignal(cloud: LocalCloud): void {
  const stop = () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    cloud.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // On Lambda it would end one instance; here it must not end the rest.
  process.on('unhandledRejection', (reason) => console.error('A function left a rejection behind', reason));
}
