import * as z from 'zod';
import { LONGEST_COMPANY_NAME } from '../../shared/domain/company/company-name.ts';
import { erasure } from '../../shared/domain/erasure/erasure.ts';
import { normalizeEmail } from '../../shared/domain/identity/email.ts';
import { TOOLS } from '../../shared/platform/auth/tool.ts';
import { isValidZone } from '../../shared/platform/calendar/time-zone.ts';
import { isEmpresaId } from '../../shared/platform/tenant/tenant-scope.ts';
import { plainLine } from '../../shared/platform/text/plain-line.ts';

/** Field errors of this group are sentences that name their field themselves (`stay-sidekick.md` §2.5). */
const nombre = z
  .string({ error: 'El nombre es obligatorio y debe ser un texto.' })
  .transform(plainLine)
  .pipe(
    z
      .string()
      .min(1, { error: 'El nombre no puede estar vacío.' })
      .max(LONGEST_COMPANY_NAME, { error: `El nombre debe tener como máximo ${LONGEST_COMPANY_NAME} caracteres.` }),
  );

const email = z.string({ error: 'El email es obligatorio y debe ser un texto.' }).transform((text, context) => {
  const address = normalizeEmail(text);
  if (address !== undefined) return address;
  context.addIssue({ code: 'custom', message: 'El email no es una dirección de correo válida.' });
  return z.NEVER;
});

function wholeNumber(name: string, least: number, most: number) {
  const error = `${name} debe ser un número entero entre ${least} y ${most}.`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function onOrOff(name: string) {
  return z.boolean({ error: `${name} debe ser verdadero o falso.` });
}

/** An object with these fields and no others. */
function only<S extends z.ZodRawShape>(shape: S, where = 'La petición') {
  const known = Object.keys(shape).join(', ');
  const error = (issue: { readonly code?: string }) =>
    issue.code === 'unrecognized_keys'
      ? `${where} lleva un campo que no se conoce: quítalo o corrige su nombre. Se admiten: ${known}.`
      : `${where} debe ser un objeto.`;
  return z.strictObject(shape, { error });
}

const notEmpty = (body: object) => Object.values(body).some((value) => value !== undefined);
const NOTHING_TO_CHANGE = {
  error: 'No hay nada que cambiar: envía al menos un campo.',
  when: ({ issues }: { readonly issues: readonly unknown[] }) => issues.length === 0,
};

/** `POST /api/empresas` (`stay-sidekick.md` §4.4). */
export const creationBody = only({ nombre, email });
export type CreationBody = z.output<typeof creationBody>;

/** `PATCH /api/empresas/{id}`: beyond the seed (D-53). */
export const administrationBody = only({
  nombre: nombre.optional(),
  email: email.optional(),
  activa: onOrOff('activa').optional(),
  max_usuarios: wholeNumber('max_usuarios', 1, 1_000).optional(),
}).refine(notEmpty, NOTHING_TO_CHANGE);

const herramientas = only(
  Object.fromEntries(TOOLS.map((tool) => [tool, onOrOff(`herramientas_activas.${tool}`).optional()])) as Record<
    (typeof TOOLS)[number],
    z.ZodOptional<z.ZodBoolean>
  >,
  'herramientas_activas',
);

/** `PATCH /api/empresa` (ruling 5): every field by itself, the switches of tools merged by key. */
export const settingsBody = only({
  nombre: nombre.optional(),
  email: email.optional(),
  zona_horaria: z
    .string({ error: 'zona_horaria debe ser un texto.' })
    .refine(isValidZone, { error: 'zona_horaria debe ser una zona IANA, por ejemplo Europe/Madrid.' })
    .optional(),
  retencion_meses: wholeNumber('retencion_meses', 1, 120).optional(),
  herramientas_activas: herramientas.optional(),
}).refine(notEmpty, NOTHING_TO_CHANGE);

/** `?inactivas=1` lists companies that are switched off too. */
export const listQuery = z.object({ inactivas: z.string().optional() });
export type ListQuery = z.output<typeof listQuery>;

export const companyParams = z.object({ id: z.uuid().refine(isEmpresaId) });

const listed = z.object({ id: z.uuid(), nombre: z.string(), email: z.string() });

/** `activa` is told only where inactive ones were asked for. */
export const listAnswer = z.object({
  ok: z.literal(true),
  empresas: z.array(listed.extend({ activa: z.boolean().optional() })),
});

export const creationAnswer = z.object({ ok: z.literal(true), empresa: listed });

export const administrationAnswer = z.object({
  ok: z.literal(true),
  empresa: listed.extend({ activa: z.boolean(), max_usuarios: z.int() }),
});

export const settingsAnswer = z.object({
  ok: z.literal(true),
  empresa: listed.extend({
    zona_horaria: z.string(),
    retencion_meses: z.int(),
    herramientas_activas: z.partialRecord(z.enum(TOOLS), z.boolean()),
    max_usuarios: z.int(),
  }),
});

/** The receipt of an erasure: unsigned while `estado` is `cerrando` or `vaciando`. Signed text: `erasure/receipt.ts`. */
const borrado = erasure.omit({ claim: true }).extend({
  /** Whether the signature is that of what is shown; null without one, or when its key is no longer kept. */
  integra: z.boolean().nullable(),
});

export const erasureAnswer = z.object({ ok: z.literal(true), borrado });

/** `siguiente` is the cursor of the next page, null on the last. */
export const erasuresAnswer = z.object({
  ok: z.literal(true),
  borrados: z.array(borrado),
  siguiente: z.string().nullable(),
});
