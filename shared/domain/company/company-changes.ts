import { TOOLS, type Tool } from '../../platform/auth/tool.ts';
import { ABSENT, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import { companyEmailLockKey, companyKey } from './company.keys.ts';
import type { Company } from './company.ts';

const PLAIN = ['nombre', 'email', 'activa', 'zona_horaria', 'retencion_meses', 'max_usuarios'] as const;
type PlainField = (typeof PLAIN)[number];

/** What may be changed about a company; an absent field stays, switches of tools are merged by key. */
export type CompanyChanges = {
  readonly [F in PlainField]?: Company[F] | undefined;
} & { readonly herramientas_activas?: { readonly [T in Tool]?: boolean | undefined } | undefined };

/** One value to be stored, at its place in the company's row. */
interface Assignment {
  /** Dotted, e.g. `herramientas_activas.vault`. */
  readonly path: string;
  readonly value: string | number | boolean;
}

function assignmentsOf(seen: Company, wanted: CompanyChanges): readonly Assignment[] {
  const plain = PLAIN.flatMap((field) => {
    const value = wanted[field];
    return value === undefined || value === seen[field] ? [] : [{ path: field, value }];
  });
  const tools = TOOLS.flatMap((tool) => {
    const value = wanted.herramientas_activas?.[tool];
    const same = value === undefined || value === seen.herramientas_activas[tool];
    return same ? [] : [{ path: `herramientas_activas.${tool}`, value }];
  });
  return [...plain, ...tools];
}

/**
 * The writes that make a company as wanted: none where it is so already. Each value has a path of its own, so that two
 * who change different things at once both succeed (D-44). A new address moves the lock.
 * @returns the company's own write first, then the lock that may be refused
 */
export function companyChangeWrites(seen: Company, wanted: CompanyChanges, now: string): readonly Write[] {
  const assignments = assignmentsOf(seen, wanted);
  if (assignments.length === 0) return [];
  const parts = [...assignments, { path: 'updated_at', value: now }];
  const segments = parts.flatMap(({ path }) => path.split('.'));
  const placed = parts.map(({ path }, position) => `#${path.split('.').join('.#')} = :v${position}`);
  const moves = assignments.find(({ path }) => path === 'email');
  const switchedOff = wanted.activa === false && seen.activa;
  const update = {
    expression: `SET ${placed.join(', ')}${switchedOff ? ' ADD session_version :one' : ''}`,
    names: Object.fromEntries(segments.map((segment) => [`#${segment}`, segment])),
    values: {
      ...Object.fromEntries(parts.map(({ value }, position) => [`:v${position}`, value])),
      ...(switchedOff && { ':one': 1 }),
    },
  };
  const sameEmail = { expression: '#email = :seen', values: { ':seen': seen.email } };
  const condition = moves ? sameEmail : PRESENT;
  return [
    { kind: 'update', key: companyKey(seen.id), update, condition },
    ...(moves ? movedLock(seen, String(moves.value)) : []),
  ];
}

function movedLock(seen: Company, email: string): readonly Write[] {
  const own = { expression: 'attribute_not_exists(pk) OR empresa_id = :id', values: { ':id': seen.id } };
  return [
    { kind: 'put', item: { ...companyEmailLockKey(email), empresa_id: seen.id }, condition: ABSENT },
    { kind: 'delete', key: companyEmailLockKey(seen.email), condition: own },
  ];
}

/** The company as the writes leave it. */
export function changedCompany(seen: Company, wanted: CompanyChanges, now: string): Company {
  const set = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const herramientas_activas = { ...seen.herramientas_activas, ...set(wanted.herramientas_activas ?? {}) };
  return { ...seen, ...set(wanted), herramientas_activas, updated_at: now };
}

/** What the audit trail tells of a change: names of fields, and values where they name nobody. */
export function auditedChanges(seen: Company, wanted: CompanyChanges): Record<string, string | number | boolean> {
  const named = ['nombre', 'email'];
  return Object.fromEntries(
    assignmentsOf(seen, wanted).map(({ path, value }) => [path, named.includes(path) ? 'cambiado' : value]),
  );
}
