import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Templates } from './template.ts';

/**
 * Synthesises the app for the local stage, in a thread of its own: loading CDK takes longer than anything else at the
 * start, and meanwhile the services can start.
 */
export async function synthesise(): Promise<Templates> {
  const worker = new Worker(new URL('./synthesis-worker.ts', import.meta.url), {
    name: 'synthesis',
    // CDK makes many small objects: with room for them, little time goes into clearing up.
    resourceLimits: { maxYoungGenerationSizeMb: 128 },
  });
  const [templates] = (await once(worker, 'message')) as [Templates];
  return templates;
}
