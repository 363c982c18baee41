import * as z from 'zod';
import { ROLES } from '../../shared/platform/auth/actor.ts';
import { requiredText } from '../../shared/platform/http/aristay-fields.ts';

/** `POST /api/token/` (`aristay.md` S1): a user name or an e-mail address, in either field. */
export const loginBody = z
  .object({
    username: requiredText(254).optional(),
    email: requiredText(254).optional(),
    password: z.string().min(1).max(128),
  })
  .refine(({ username, email }) => username !== undefined || email !== undefined, {
    path: ['username'],
    error: 'This field is required.',
    // A missing password must not hide that the name is missing too.
    when: ({ value }) => typeof value === 'object' && value !== null,
  });
export type LoginBody = z.output<typeof loginBody>;

/** `refresh`, or `refresh_token` as some clients call it. */
function withAlias(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { refresh, refresh_token } = value as Record<string, unknown>;
  return { refresh: refresh ?? refresh_token };
}

/** `POST /api/token/refresh/` and `POST /api/token/revoke/` (`aristay.md` S2, S3). */
export const refreshBody = z.preprocess(withAlias, z.object({ refresh: requiredText(4_096) }));

/** `POST /api/token/verify/` (`aristay.md` C1). */
export const verifyBody = z.object({ token: requiredText(4_096) });

export const loginAnswer = z.object({
  access: z.string(),
  refresh: z.string(),
  user: z.object({
    id: z.int(),
    username: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    is_superuser: z.boolean(),
    /** Nothing else answers until the temporary password is changed (ruling 3). */
    must_change_password: z.boolean(),
  }),
});

export const refreshAnswer = z.object({ access: z.string(), refresh: z.string() });
export const detailAnswer = z.object({ detail: z.string() });
export const revokedAnswer = detailAnswer.extend({ revoked: z.int() });
export const emptyAnswer = z.object({});
