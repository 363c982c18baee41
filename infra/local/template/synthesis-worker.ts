import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { localStage } from '../../config/stage.ts';
import { buildApp } from '../../stay-ops-app.ts';
import type { Templates } from './template.ts';

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
