import { createHash } from 'node:crypto';
import * as z from 'zod';

/** Who did what to which entity from which address, for one administrative write. Names no guest and no secret. */
export const auditEntry = z.object({
  /** Position in the tenant's chain, from 1, without gaps. */
  numero: z.int().positive(),
  instante: z.string(),
  /** User who acted; null for the platform itself. */
  usuario_id: z.string().nullable(),
  direccion_ip: z.string().nullable(),
  /** e.g. `usuario.crear`. */
  accion: z.string(),
  entidad: z.string(),
  entidad_id: z.string(),
  /** Names of changed fields and new values that are no secrets, e.g. `{ "rol": "admin" }`. */
  cambios: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** `hash` of the entry before; 64 zeros before the first. */
  hash_anterior: z.string(),
  /** SHA-256 of all of the above in this order. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** What an operation says of its own write; the chain adds the rest. */
export type AuditFact = Pick<AuditEntry, 'accion' | 'entidad' | 'entidad_id' | 'cambios'>;

export const FIRST_HASH = '0'.repeat(64);

/** The hash that an entry must carry: changes with any of its fields and with every entry before it. */
export function hashOfEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const changes = Object.entries(entry.cambios).sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = [
    entry.numero,
    entry.instante,
    entry.usuario_id,
    entry.direccion_ip,
    entry.accion,
    entry.entidad,
    entry.entidad_id,
    changes,
    entry.hash_anterior,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
