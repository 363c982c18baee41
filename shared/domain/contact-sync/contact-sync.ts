import * as z from 'zod';

/** Where the contacts of a sync come from. A PMS is asked anew in every turn; a workbook has come once. */
export const syncSource = z.discriminatedUnion('origen', [
  z.object({ origen: z.literal('pms'), desde: z.string(), hasta: z.string() }),
  z.object({ origen: z.literal('xlsx') }),
]);
export type SyncSource = z.infer<typeof syncSource>;

/** What has been done so far. */
export const syncCounts = z.object({
  /** Reservations of the PMS, contacts of a workbook (`stay-sidekick.md` §4.9); null before they have been read. */
  total: z.int().nullable(),
  /** Contacts with a number of their own; null before they have been read. */
  contactos: z.int().nullable(),
  nuevos: z.int(),
  actualizados: z.int(),
  /** Contacts that Google did not take, by the sentence that says why. */
  fallos: z.record(z.string(), z.int()),
});
export type SyncCounts = z.infer<typeof syncCounts>;

export const NOTHING_DONE: SyncCounts = { total: null, contactos: null, nuevos: 0, actualizados: 0, fallos: {} };

/** Contacts that Google has been asked to create, before it is known whether it did. */
const intent = z.object({ at: z.string(), marks: z.array(z.string()) });
export type Intent = z.infer<typeof intent>;

/**
 * One sync of a company's contacts, from its request to its end; also the company's log of them
 * (`stay-sidekick.md` §6.7). Names no guest.
 */
export const contactSync = z.object({
  id: z.string(),
  fuente: syncSource,
  /** User id of who asked for it. */
  solicitado_por: z.string(),
  estado: z.enum(['en_curso', 'exito', 'parcial', 'error']),
  inicio: z.string(),
  /** What is not done by then is given up. */
  limite: z.string(),
  fin: z.string().nullable(),
  cuentas: syncCounts,
  /** Why it came to nothing. */
  error: z.string().nullable(),
  intento: intent.nullable(),
});
export type ContactSync = z.infer<typeof contactSync>;

/** As long as a workbook's contacts may wait (rulings 8 and 17). */
const LIMIT_MS = 3_600_000;

export function limitOf(start: Date): Date {
  return new Date(start.getTime() + LIMIT_MS);
}

/** How a sync ended. */
export interface SyncEnd {
  readonly estado: 'exito' | 'parcial' | 'error';
  readonly cuentas: SyncCounts;
  readonly error: string | null;
}

/** With the instant of its end. */
export interface EndedSync extends SyncEnd {
  readonly fin: string;
}

/** Contacts that Google did not take. */
export function failuresOf({ fallos }: SyncCounts): number {
  return Object.values(fallos).reduce((sum, count) => sum + count, 0);
}

/** The end of a sync that has come to every contact. */
export function completed(cuentas: SyncCounts): SyncEnd {
  return { estado: failuresOf(cuentas) > 0 ? 'parcial' : 'exito', cuentas, error: null };
}

/** The state as people read it: what has run out of time is under way no more, whoever was at it. */
export function shownState({ estado, limite }: ContactSync, now: Date): ContactSync['estado'] {
  return estado === 'en_curso' && new Date(limite) < now ? 'error' : estado;
}
