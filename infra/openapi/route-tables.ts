import type { Access } from '../../shared/platform/http/route.ts';
import { describedOperations } from './operations.ts';

const BEGIN = '<!-- routes: written by npm run openapi -->';
const END = '<!-- /routes -->';

const CALLERS: Readonly<Record<Access, string>> = {
  public: 'anybody',
  optional: 'anybody, or who signed in',
  any: 'who signed in',
  manager: 'manager',
  admin: 'admin',
  admin_or_super: 'admin or superadmin',
  super: 'superadmin',
};

/** The routes of a function as its README shows them; undefined for a function that has none. */
function tableOf(functionName: string): string | undefined {
  const rows = describedOperations()
    .filter((operation) => operation.functionName === functionName)
    .map(
      ({ id, route: { method, path, access, summary } }) =>
        `| \`${method} ${path}\` | \`${id}\` | ${CALLERS[access]} | ${summary.replaceAll('|', '\\|')} |`,
    );
  if (rows.length === 0) return undefined;
  return [BEGIN, '', '| Call | Operation | By | Does |', '|---|---|---|---|', ...rows, '', END].join('\n');
}

/** The README of a function with its routes as they are today: in the place of the old table, or at its end. */
export function withRouteTable(functionName: string, readme: string): string {
  const table = tableOf(functionName);
  if (table === undefined) return readme;
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin === -1 || end === -1) return `${readme.trimEnd()}\n\n${table}\n`;
  return `${readme.slice(0, begin)}${table}${readme.slice(end + END.length)}`;
}

export function readmeOf(functionName: string): URL {
  return new URL(`../../functions/${functionName}/README.md`, import.meta.url);
}
