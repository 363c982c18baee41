import * as z from 'zod';
import { TOOLS, type Tool } from '../../platform/auth/tool.ts';
import { AppError } from '../../platform/errors/app-error.ts';

export const DEFAULT_ZONE = 'Europe/Madrid';

/** A tenant (`stay-sidekick.md` §3.1, rulings 4, 5, 8, 10). */
export const company = z.object({
  id: z.uuid(),
  nombre: z.string(),
  email: z.string(),
  activa: z.boolean(),
  zona_horaria: z.string(),
  /** Months after check-out for which bookings are kept. */
  retencion_meses: z.int().positive(),
  max_usuarios: z.int().positive(),
  herramientas_activas: z.partialRecord(z.enum(TOOLS), z.boolean()),
  /** Raised when the company is switched off, so that no session from before comes back with it (ruling 3). */
  session_version: z.int().nonnegative().default(0),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Company = z.infer<typeof company>;

/** Users of a new company at most, until the superadmin says otherwise (ruling 4). */
const DEFAULT_MAX_USERS = 10;
const DEFAULT_RETENTION_MONTHS = 24;

/** A company as it begins. @param created_at ISO 8601 with offset */
export function newCompany(
  id: string,
  { nombre, email }: Pick<Company, 'nombre' | 'email'>,
  created_at: string,
): Company {
  return {
    id,
    nombre,
    email,
    activa: true,
    zona_horaria: DEFAULT_ZONE,
    retencion_meses: DEFAULT_RETENTION_MONTHS,
    max_usuarios: DEFAULT_MAX_USERS,
    herramientas_activas: {},
    session_version: 0,
    created_at,
    updated_at: created_at,
  };
}

/** A tool is on unless its switch is `false`. */
export function hasTool(owner: Company, tool: Tool): boolean {
  return owner.herramientas_activas[tool] !== false;
}

/** The tools that are switched off. */
export function toolsOffOf(owner: Company): readonly Tool[] {
  return TOOLS.filter((tool) => !hasTool(owner, tool));
}

/** The answer to an address that another company has, in the seed's own words (`stay-sidekick.md` §4.4). */
export function companyEmailTaken(): AppError {
  return new AppError('conflict', 'Ya existe una empresa con ese email.');
}
