import { enableCompileCache } from 'node:module';

const OLDEST_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `Node ${process.versions.node} is too old: run "npm start", which brings Node ${OLDEST_NODE}, or install it.`,
  );
  process.exit(1);
}
// What was compiled once starts in half the time; without a place to keep it all works the same.
enableCompileCache();
const { runLocal } = await import('../infra/local/run-local.ts');
await runLocal(process.env);
