import type { FaultKind } from './partner-fault.ts';

type Spoil = (rows: readonly unknown[]) => unknown;

const SPOILS: Partial<Readonly<Record<FaultKind, Spoil>>> = {
  short_page: (rows) => rows.slice(0, Math.floor(rows.length / 2)),
  empty_page: () => [],
  changed_schema: (rows) => rows.map(renamed),
};

/** The body with its lists as the fault leaves them; whatever counts them stands as it was. */
export function spoiledBody(body: unknown, kind: FaultKind): unknown {
  const spoil = SPOILS[kind];
  if (spoil === undefined || typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body);
  // An answer without a list is spoilt itself.
  if (kind === 'changed_schema' && !entries.some(([, value]) => Array.isArray(value))) return renamed(body);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? spoil(value) : value]));
}

function renamed(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [`${name}V9`, value]));
}
