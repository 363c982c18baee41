import * as z from 'zod';

/** Crews (`aristay.md` §2.2). */
export const TASK_GROUPS = ['general', 'cleaning', 'maintenance', 'laundry', 'lawn_pool', 'none'] as const;
export type TaskGroup = (typeof TASK_GROUPS)[number];

/** Rights that one person may have beyond the role (`aristay.md` §2.6). */
export const PERMISSION_OVERRIDES = ['add_tasks', 'assign_tasks', 'view_all_tasks', 'manage_files'] as const;
export type PermissionOverride = (typeof PERMISSION_OVERRIDES)[number];

/** What Aristay knows of a person beside the log-in (`aristay.md` §3.1); rows from before have none of it. */
export const profile = z.object({
  first_name: z.string().default(''),
  last_name: z.string().default(''),
  task_group: z.enum(TASK_GROUPS).default('none'),
  /** IANA zone; the company's when null. */
  timezone: z.string().nullable().default(null),
  can_view_team_tasks: z.boolean().default(false),
  can_view_other_teams: z.boolean().default(false),
  digest_opt_out: z.boolean().default(false),
  phone_number: z.string().nullable().default(null),
  address: z.string().nullable().default(null),
  permission_overrides: z.array(z.enum(PERMISSION_OVERRIDES)).default([]),
  last_login: z.string().nullable().default(null),
});
export type Profile = z.infer<typeof profile>;

/** The profile of somebody about whom nothing is known yet. */
export const NEW_PROFILE: Profile = profile.parse({});
