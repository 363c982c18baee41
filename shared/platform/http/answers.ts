import * as z from 'zod';

/** The success that carries nothing but itself: `{ "ok": true }`. */
export const okAnswer = z.object({ ok: z.literal(true) });

/** Stay Sidekick's success envelope (`stay-sidekick.md` §2.2). @example ok({ apartamento }) */
export function ok<T extends object>(content: T): { ok: true } & T {
  return { ok: true, ...content };
}

/** Cursor paging of a list (beyond the seed): `cursor` of the page before, `limite` entries at most. */
export const pageQuery = z.object({
  cursor: z.string().max(1_000).optional().describe('El `siguiente` de la página anterior.'),
  limite: z.coerce.number().int().min(1).max(100).default(50).describe('Cuántos por página como mucho.'),
});
