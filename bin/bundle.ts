import { bundleFunctions } from '../infra/bundle/bundle-functions.ts';
import { FUNCTION_LIST } from '../infra/config/functions.ts';

/** Writes every function's bundle to `dist/functions/<name>` and prints its size. */
const bundles = await bundleFunctions(FUNCTION_LIST.map(([name]) => name));
for (const { name, bytes } of bundles) {
  console.error(`${name.padEnd(20)} ${(bytes / 1024).toFixed(0).padStart(5)} KB`);
}
