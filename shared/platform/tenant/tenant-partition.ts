/** Closes a key segment; ids are UUIDs or `prefix_…` and cannot contain it. */
const DELIMITER = '#';
/** First segments: rows of companies, and names and work lists that belong to none. */
const TENANTS = 'T';
const PLATFORM = 'P';

/** Begin of every partition key of a company. */
export function tenantPrefix(empresaId: string): string {
  return TENANTS + DELIMITER + empresaId + DELIMITER;
}

/** `T#<empresa_id>#<collection>`: the one place that writes a tenant's partition key. */
export function tenantPartition(empresaId: string, collection: string): string {
  return tenantPrefix(empresaId) + collection;
}

/** Whether a partition key is one of a company's rows. */
export function isTenantPartition(pk: string): boolean {
  return pk.startsWith(TENANTS + DELIMITER);
}

/** `P#<collection>`: names and work lists that belong to no tenant. Only platform repositories use it. */
export function platformPartition(...segments: readonly string[]): string {
  return [PLATFORM, ...segments].join(DELIMITER);
}
