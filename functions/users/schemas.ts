import * as z from 'zod';
import { emailField } from '../../shared/domain/identity/email.ts';
import { shownRole, type User } from '../../shared/domain/identity/user.ts';

/** The two roles that Stay Sidekick knows (ruling 2), in any case and with space around. */
const rol = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.enum(['admin', 'operativo']));

/** `?empresa_id=` counts for superadmins alone, so what others send is not even looked at (`stay-sidekick.md` §2.11). */
export const companyQuery = z.object({
  empresa_id: z.string().optional().describe('Otra empresa que la propia; solo cuenta para superadministradores.'),
});
export type CompanyQuery = z.output<typeof companyQuery>;

export const userParams = z.object({ id: z.uuid() });

/** `POST /api/usuarios` (`stay-sidekick.md` §4.5). */
export const creationBody = z.strictObject({ email: emailField, rol });
export type CreationBody = z.output<typeof creationBody>;

/** `PATCH /api/usuarios/{id}`: `rol`, or beyond the seed `activo`, or both (D-53). */
export const changeBody = z
  .strictObject({ rol: rol.optional(), activo: z.boolean().optional() })
  .refine((body) => body.rol !== undefined || body.activo !== undefined, {
    path: ['rol'],
    error: 'Es obligatorio, salvo que cambies solo activo.',
    // What is wrong with a field says enough.
    when: ({ issues }) => issues.length === 0,
  });
export type ChangeBody = z.output<typeof changeBody>;

/** `PATCH /api/usuarios/{id}/contrasena` has nothing to say; the client sends `{}`. */
export const emptyBody = z.strictObject({});

const usuario = z.object({
  id: z.uuid(),
  email: z.string(),
  rol: z.enum(['admin', 'operativo']),
  activo: z.boolean(),
  created_at: z.string(),
});

/** A user as Stay Sidekick shows it (`stay-sidekick.md` §4.5). */
export function shownUser({ id, email, role, activo, created_at }: Omit<User, 'username'>): z.input<typeof usuario> {
  return { id, email, rol: shownRole(role), activo, created_at };
}

export const listAnswer = z.object({ ok: z.literal(true), usuarios: z.array(usuario), max_usuarios: z.int() });
export const creationAnswer = z.object({ ok: z.literal(true), usuario, password_temporal: z.string() });
export const userAnswer = z.object({ ok: z.literal(true), usuario });
export const passwordAnswer = z.object({ ok: z.literal(true), password_temporal: z.string() });
