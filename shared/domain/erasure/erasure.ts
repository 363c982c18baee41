import * as z from 'zod';

/** How many of each kind: rows by the collection of their key, objects by their prefix. */
const counts = z.record(z.string(), z.int().nonnegative());
export type Counts = z.infer<typeof counts>;

/**
 * `cerrando`: the company is gone, its names and keys are going (before the 200). `vaciando`: rows and objects follow.
 * `terminado`: nothing is left, the receipt is signed. `comprobado`: looked at again when nobody could be writing.
 */
export const ERASURE_STATES = ['cerrando', 'vaciando', 'terminado', 'comprobado'] as const;

/** What became of the company's grant at Google; `sin_respuesta`: Google said nothing in time. */
export const GRANT_OUTCOMES = ['ninguna', 'revocada', 'sin_respuesta'] as const;
export type GrantOutcome = (typeof GRANT_OUTCOMES)[number];

export const receiptSignature = z.object({ algoritmo: z.literal('HMAC-SHA256'), kid: z.string(), valor: z.string() });
export type ReceiptSignature = z.infer<typeof receiptSignature>;

/** The erasure of one company as stored; in the end its receipt. Names nobody but the superadmin's id. */
export const erasure = z.object({
  empresa_id: z.uuid(),
  estado: z.enum(ERASURE_STATES),
  solicitado: z.string(),
  /** User id of the superadmin who asked for it. */
  solicitado_por: z.string(),
  google: z.enum(GRANT_OUTCOMES).nullable(),
  filas: counts,
  objetos: counts,
  terminado: z.string().nullable(),
  comprobado: z.string().nullable(),
  firma: receiptSignature.nullable(),
  /** What is being deleted right now and counted already: everything in `holding` up to and including `through`. */
  claim: z.object({ holding: z.string(), through: z.string() }).nullable(),
});
export type Erasure = z.infer<typeof erasure>;

/** What a receipt says, all of it signed. */
export type ReceiptFacts = Pick<
  Erasure,
  'empresa_id' | 'solicitado' | 'solicitado_por' | 'google' | 'filas' | 'objetos' | 'terminado' | 'comprobado'
>;

/** `counts` with `more` added. */
export function added(counted: Counts, more: Counts): Counts {
  const sum = { ...counted };
  for (const [kind, count] of Object.entries(more)) if (count > 0) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}
