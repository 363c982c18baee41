import * as z from 'zod';
import { emailFieldSaying } from '../../shared/domain/identity/email.ts';
import { PERMISSION_OVERRIDES, TASK_GROUPS } from '../../shared/domain/identity/profile.ts';
import { ROLES } from '../../shared/platform/auth/actor.ts';
import {
  booleanField,
  choiceField,
  filter,
  idParam,
  requiredText,
  textField,
} from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';
import { zoneField } from '../../shared/platform/http/timestamp-field.ts';

const email = emailFieldSaying('Enter a valid email address.');
const password = z
  .string()
  .min(8)
  .max(128)
  .refine((text) => text.trim() !== '', { error: 'This field may not be blank.' });
/** Roles with the names that older clients use (`aristay.md` §2.1). */
const role = choiceField(ROLES, { superuser: 'admin', staff: 'member' });
const names = { first_name: textField(30).optional(), last_name: textField(30).optional() };

/** `PATCH /api/users/me/` (`aristay.md` C4). `username` is read-only and ignored like every unknown field. */
export const ownBody = z.object({
  ...names,
  timezone: zoneField.optional(),
  phone_number: textField(20).nullable().optional(),
  email: email.optional(),
});
export type OwnBody = z.output<typeof ownBody>;

/** `POST /api/users/change-password/` (`aristay.md` C5). */
export const passwordBody = z.object({ current_password: z.string().min(1).max(128), new_password: password });
export type PasswordBody = z.output<typeof passwordBody>;

/** `POST /api/password-reset/` (`aristay.md` C6). */
export const resetBody = z.object({ email });

/** `POST /api/password-reset/confirm/` (`aristay.md` C7). */
export const confirmBody = z.object({ uid: requiredText(200), token: requiredText(200), new_password: password });
export type ConfirmBody = z.output<typeof confirmBody>;

/** `GET /api/users/` (`aristay.md` C8). */
export const usersQuery = listQuery(
  { search: filter(textField(254)), role: filter(role), is_active: filter(booleanField()) },
  { allowed: ['id', 'username', 'email', 'first_name', 'last_name', 'role'], byDefault: 'id' },
);
export type UsersQuery = z.output<typeof usersQuery>;

export const userParams = z.object({ id: idParam });

/** `PATCH /api/admin/users/{id}/` (`aristay.md` C9). */
export const editBody = z.object({
  ...names,
  is_active: booleanField().optional(),
  role: role.optional(),
  task_group: choiceField(TASK_GROUPS).optional(),
  can_view_team_tasks: booleanField().optional(),
  can_view_other_teams: booleanField().optional(),
  permission_overrides: z
    .array(z.enum(PERMISSION_OVERRIDES))
    .transform((rights) => [...new Set(rights)].sort())
    .optional(),
});
export type EditBody = z.output<typeof editBody>;

/** A person as the Aristay API shows it (`aristay.md` C3), with what C9 may change beside it. */
export const userRow = z.object({
  id: z.int(),
  username: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  is_superuser: z.boolean(),
  is_active: z.boolean(),
  role: z.enum(ROLES),
  task_group: z.enum(TASK_GROUPS),
  timezone: z.string(),
  system_timezone: z.string(),
  phone_number: z.string().nullable(),
  company_name: z.string(),
  can_view_team_tasks: z.boolean(),
  can_view_other_teams: z.boolean(),
  permission_overrides: z.array(z.enum(PERMISSION_OVERRIDES)),
  must_change_password: z.boolean(),
});

export const detailAnswer = z.object({ detail: z.string() });
