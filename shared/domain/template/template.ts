import * as z from 'zod';

/** Canonical categories; the late check-in tool's lower-case name maps to `CHECKIN_TARDIO` (D-31). */
export const TEMPLATE_CATEGORIES = [
  'BIENVENIDA',
  'INSTRUCCIONES',
  'RECORDATORIO',
  'CHECKIN_TARDIO',
  'CHECKOUT',
  'INCIDENCIA',
  'GENERAL',
] as const;
export type TemplateCategory = (typeof TEMPLATE_CATEGORIES)[number];

/** What templates of the late check-in tool are filed under; both tools show and store this one value. */
export const LATE_CHECKIN_CATEGORY = 'CHECKIN_TARDIO' satisfies TemplateCategory;
/** How clients of the late check-in tool have written it. */
export const LATE_CHECKIN_ALIAS = 'checkin_tardio';

/** The canonical name of a category, or the text itself when it names none. */
export function canonicalCategory<T extends string | null>(text: T): T | typeof LATE_CHECKIN_CATEGORY {
  return text === LATE_CHECKIN_ALIAS ? LATE_CHECKIN_CATEGORY : text;
}

export const TEMPLATE_LANGUAGES = ['es', 'en', 'fr', 'de', 'it', 'pt'] as const;

/** Longest text of a template in characters: a row of the table holds 400 KB (`stay-sidekick.md` §9.2). */
export const LONGEST_TEMPLATE = 20_000;

/** A message template, of the vault and of the late check-in tool alike (`stay-sidekick.md` §3.4). */
export const template = z.object({
  id: z.uuid(),
  empresa_id: z.uuid(),
  nombre: z.string(),
  contenido: z.string(),
  idioma: z.enum(TEMPLATE_LANGUAGES),
  categoria: z.enum(TEMPLATE_CATEGORIES).nullable(),
  activa: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Template = z.infer<typeof template>;

/** What a list is narrowed to; a value that no template has gives an empty list. */
export interface TemplateFilter {
  readonly categoria?: string | undefined;
  readonly idioma?: string | undefined;
}

/** Active templates that fit exactly, the one changed last first (`stay-sidekick.md` §4.10). */
export function vaultList(templates: readonly Template[], { categoria, idioma }: TemplateFilter): readonly Template[] {
  const wanted = categoria && canonicalCategory(categoria);
  return templates
    .filter((candidate) => candidate.activa)
    .filter((candidate) => !wanted || candidate.categoria === wanted)
    .filter((candidate) => !idioma || candidate.idioma === idioma)
    .sort((a, b) => order(b.updated_at, a.updated_at) || order(a.id, b.id));
}

/** Active late check-in templates, the oldest first (`stay-sidekick.md` §4.8). */
export function lateCheckinList(templates: readonly Template[]): readonly Template[] {
  return templates
    .filter(({ activa, categoria }) => activa && categoria === LATE_CHECKIN_CATEGORY)
    .sort((a, b) => order(a.created_at, b.created_at) || order(a.id, b.id));
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
