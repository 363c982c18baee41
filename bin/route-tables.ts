import { readFile, writeFile } from 'node:fs/promises';
import { FUNCTION_LIST } from '../infra/config/functions.ts';
import { readmeOf, withRouteTable } from '../infra/openapi/route-tables.ts';

/** Writes the routes of every function into its README. */
for (const [name] of FUNCTION_LIST) {
  const text = await readFile(readmeOf(name), 'utf8');
  await writeFile(readmeOf(name), withRouteTable(name, text));
}
