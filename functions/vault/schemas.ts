import * as z from 'zod';
import { AI_PROVIDERS } from '../../shared/domain/integration/integration.ts';
import {
  canonicalCategory,
  LATE_CHECKIN_ALIAS,
  LONGEST_TEMPLATE,
  TEMPLATE_CATEGORIES,
  TEMPLATE_LANGUAGES,
} from '../../shared/domain/template/template.ts';
import { TONES } from '../../shared/domain/vault/system-prompt.ts';

/** Longest text that is given to AI, in characters. */
const LONGEST_DRAFT = 10_000;

const plantilla = z.object({
  id: z.string(),
  nombre: z.string(),
  contenido: z.string(),
  idioma: z.enum(TEMPLATE_LANGUAGES),
  categoria: z.enum(TEMPLATE_CATEGORIES).nullable(),
  activa: z.boolean(),
});

export const plantillasAnswer = z.object({ ok: z.literal(true), plantillas: z.array(plantilla) });
export const plantillaAnswer = z.object({ ok: z.literal(true), plantilla });

export const templateParams = z.object({ id: z.uuid() });

/** Exact matches; an empty value narrows nothing, an unknown one leaves nothing. */
export const templateFilter = z.object({ categoria: z.string().optional(), idioma: z.string().optional() });

/** The module's errors name no field (`stay-sidekick.md` §2.5), so each sentence has to do it. */
const text = (field: string, most: number) =>
  z
    .string({
      error: ({ input }) => (input === undefined ? `Falta ${field}.` : `${capital(field)} debe ser un texto.`),
    })
    .min(1, { error: `${capital(field)} no puede estar en blanco.` })
    .max(most, { error: `${capital(field)} admite como máximo ${most} caracteres.` });

const oneOf = <const T extends readonly [string, ...string[]]>(field: string, values: T) =>
  z.enum(values, {
    error: ({ input }) =>
      input === undefined
        ? `Falta ${field}.`
        : `${capital(field)} debe ser uno de estos valores: ${values.join(', ')}.`,
  });

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** An object that takes these fields and no others. */
const strict = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `No se conoce: ${issue.keys.join(', ')}. Quítalo o corrige su nombre.`
        : undefined,
  });

const nombre = text('el nombre', 200);
const contenido = text('el contenido', LONGEST_TEMPLATE);
const idioma = oneOf('el idioma', TEMPLATE_LANGUAGES);
const categoria = oneOf('la categoría', TEMPLATE_CATEGORIES);

export const creationBody = strict({
  nombre,
  contenido,
  idioma: idioma.default('es'),
  categoria: categoria.nullable().default(null),
});
export type CreationBody = z.output<typeof creationBody>;

/** The late check-in tool's own word for its category is taken too: it is on templates that clients have read before (D-31). */
export const changeBody = strict({
  nombre,
  contenido,
  idioma: idioma.nullish(),
  categoria: z
    .preprocess((value) => (value === LATE_CHECKIN_ALIAS ? canonicalCategory(value) : value), categoria.nullable())
    .default(null),
});
export type ChangeBody = z.output<typeof changeBody>;

const draft = text('el contenido', LONGEST_DRAFT);

export const improvementBody = strict({
  contenido: draft,
  idioma,
  tono: oneOf('el tono', TONES).nullable().default(null),
});
export type ImprovementBody = z.output<typeof improvementBody>;

export const translationBody = strict({
  contenido: draft,
  idioma_destino: oneOf('el idioma de destino', TEMPLATE_LANGUAGES),
});
export type TranslationBody = z.output<typeof translationBody>;

export const draftAnswer = z.object({ ok: z.literal(true), contenido: z.string() });

/** `GET /api/ai/uso`: the shared tier alone (`stay-sidekick.md` §4.11). */
export const usoAnswer = z.object({
  ok: z.literal(true),
  uso_hoy: z.int(),
  uso_semana: z.int(),
  limite_diario: z.int(),
  limite_semanal: z.int(),
});

/** `GET /api/ai/config`: the mask says that there is a key and nothing of it (S-13). */
export const configAnswer = z.object({
  ok: z.literal(true),
  data: z.object({
    configurado: z.boolean(),
    proveedor: z.enum(AI_PROVIDERS).nullable(),
    modelo: z.string().nullable(),
    api_key_masked: z.literal('****').nullable(),
  }),
});
