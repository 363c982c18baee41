import * as z from 'zod';
import { type Actor, ROLES, type Role } from '../../platform/auth/actor.ts';
import { profile } from './profile.ts';

/** A person of one company, as stored, with the Aristay profile (ruling 1: one user store). */
export const user = z.object({
  id: z.uuid(),
  empresa_id: z.uuid(),
  /** The integer by which Aristay's clients know the user (`aristay.md` §10.3). */
  number: z.int().positive(),
  email: z.string(),
  username: z.string(),
  password_hash: z.string(),
  role: z.enum(ROLES),
  es_superadmin: z.boolean(),
  activo: z.boolean(),
  /** True after a temporary password and only then (ruling 3). */
  debe_cambiar_password: z.boolean(),
  password_changed_at: z.string().nullable(),
  /** Raised by whatever must end the user's sessions (ruling 3). */
  session_version: z.int().nonnegative(),
  /** Raised by what must end the user's refresh families and nothing else (`aristay.md` §4.4). */
  family_version: z.int().nonnegative().default(0),
  ...profile.shape,
  created_at: z.string(),
  updated_at: z.string(),
});
export type User = z.infer<typeof user>;

/** The role as Stay Sidekick shows it (ruling 2). */
export function shownRole(role: Role): 'admin' | 'operativo' {
  return role === 'admin' ? 'admin' : 'operativo';
}

/** What a call by this user may know and do. */
export function actorOf(person: User): Actor {
  return {
    userId: person.id,
    empresaId: person.empresa_id,
    email: person.email,
    number: person.number,
    username: person.username,
    role: person.role,
    esSuperadmin: person.es_superadmin,
    debeCambiarPassword: person.debe_cambiar_password,
  };
}
