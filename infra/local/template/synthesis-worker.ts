import { mkdtempSync, rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { Templates } from './template.ts';

// A thread starts without the cache of the others; it takes a sixth off the time this one needs.
enableCompileCache();
const [{ buildApp }, { localStage }] = await Promise.all([
  import('../../stay-ops-app.ts'),
  import('../../config/stage.ts'),
]);
// CDK writes its assembly to disk and has no other way to hand templates out; a thread has an environment of its own.
const directory = mkdtempSync(join(tmpdir(), 'stay-ops-synthesis-'));
process.env.CDK_OUTDIR = directory;
try {
  const { stacks } = buildApp({ stage: localStage, bundle: false, validation: false }).synth();
  const templates: Templates = Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template]));
  parentPort?.postMessage(templates);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
