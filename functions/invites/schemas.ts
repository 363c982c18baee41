import * as z from 'zod';
import { emailFieldSaying } from '../../shared/domain/identity/email.ts';
import { TASK_GROUPS } from '../../shared/domain/identity/profile.ts';
import { normalizeInviteCode } from '../../shared/domain/invite/invite-code.ts';
import { ROLES } from '../../shared/platform/auth/actor.ts';
import {
  choiceField,
  filter,
  idParam,
  integerField,
  requiredText,
  textField,
} from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';
import { timestampField } from '../../shared/platform/http/timestamp-field.ts';

/** Roles with the names that older clients use (`aristay.md` §2.1). */
const role = choiceField(ROLES, { superuser: 'admin', staff: 'member' });
const taskGroup = choiceField(TASK_GROUPS);
const code = requiredText(32).transform((text) => normalizeInviteCode(text));

/** Letters and digits of any script, `@ . + - _`, in one spelling (`aristay.md` §3.1). */
const username = z
  .string()
  .transform((text) => text.trim().normalize('NFKC'))
  .pipe(
    z
      .string()
      .min(3)
      .max(150)
      .regex(/^[\p{L}\p{M}\p{N}@.+_-]*$/u, {
        error: 'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
      }),
  );

/** `POST /api/register/` (`aristay.md` S4). */
export const registerBody = z
  .object({
    username,
    email: emailFieldSaying('Enter a valid email address.'),
    password: z
      .string()
      .min(8)
      .max(128)
      .refine((text) => text.trim() !== '', { error: 'This field may not be blank.' }),
    password_confirm: z.string().min(1).max(128),
    first_name: textField(30).default(''),
    last_name: textField(30).default(''),
    invite_code: code,
  })
  .refine(({ password, password_confirm }) => password_confirm === undefined || password === password_confirm, {
    path: ['password'],
    error: "The two password fields didn't match.",
    // All that is wrong is told together, whatever else there is.
    when: ({ value }) => typeof value === 'object' && value !== null,
  });
export type RegisterBody = z.output<typeof registerBody>;

export const registerAnswer = z.object({
  id: z.int(),
  username: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  profile: z.object({ task_group: z.enum(TASK_GROUPS), role: z.enum(ROLES) }),
});

/** `POST /api/validate-invite/` (`aristay.md` S5). */
export const validateBody = z.object({ code });

export const validateAnswer = z.union([
  z.object({
    valid: z.literal(true),
    task_group: z.enum(TASK_GROUPS),
    role: z.enum(ROLES),
    expires_at: z.string().nullable(),
    max_uses: z.int(),
    used_count: z.int(),
    company_name: z.string(),
  }),
  z.object({ valid: z.literal(false), error: z.string() }),
]);

/** `GET /api/admin/invite-codes/` (`aristay.md` S18). */
export const invitesQuery = listQuery(
  {
    role: filter(role),
    task_group: filter(taskGroup),
    status: filter(choiceField(['active', 'inactive', 'expired', 'usable'])),
    search: filter(textField(200)),
  },
  { allowed: ['created_at', 'expires_at', 'used_count'], byDefault: '-created_at' },
);
export type InvitesQuery = z.output<typeof invitesQuery>;

export const inviteParams = z.object({ id: idParam });

const terms = {
  task_group: taskGroup.optional(),
  role: role.optional(),
  max_uses: integerField({ min: 0, max: 10_000 }).optional(),
  /** Read on the clocks of the caller where it has no offset (`aristay.md` §1.3). */
  expires_at: z.preprocess((value) => (value === '' ? null : value), timestampField().nullable()).optional(),
  /** Counts only without `expires_at`: now and so many times 24 hours. */
  expires_days: integerField({ min: 1, max: 3_650 }).optional(),
  notes: textField(1_000).optional(),
};

/** `POST /api/admin/create-invite-code/` (`aristay.md` S19), and editing with the same fields (C51). */
export const termsBody = z.object(terms);
export type TermsBody = z.output<typeof termsBody>;

/** An invite as S18 shows it, with what is beside. */
export const inviteRow = z.object({
  id: z.int(),
  code: z.string(),
  task_group: z.enum(TASK_GROUPS),
  role: z.enum(ROLES),
  max_uses: z.int(),
  used_count: z.int(),
  expires_at: z.string().nullable(),
  is_active: z.boolean(),
  created_at: z.string(),
  notes: z.string(),
  created_by: z.int(),
  created_by_username: z.string(),
  last_used_at: z.string().nullable(),
  is_expired: z.boolean(),
  is_usable: z.boolean(),
});
