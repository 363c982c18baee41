import type { Table } from '../dynamo/table.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True for the form that every company id has; anything else in a path, key or file name is "not found". */
export function isEmpresaId(text: string): boolean {
  return UUID.test(text);
}

/**
 * What the platform itself has to send rests in the outbox of a company that nobody belongs to: the same worker, sweeper
 * and session as for everybody else, and no row of anybody within reach.
 */
export const PLATFORM_ID = '00000000-0000-0000-0000-000000000000';

/**
 * The table as one company may see it. A repository is built from a scope and from nothing else, so it cannot be
 * built without a tenant (`platform.md` §5, first wall).
 */
export class TenantScope {
  readonly empresaId: string;
  readonly table: Table;

  constructor(table: Table, empresaId: string) {
    if (!isEmpresaId(empresaId)) throw new Error('A tenant scope needs a company id');
    this.table = table.ofTenant(empresaId);
    this.empresaId = empresaId;
  }
}
