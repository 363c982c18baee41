import * as z from 'zod';

/** Variables of every function that reads or writes the table. */
export const tableEnvironment = z.object({
  TABLE_NAME: z.string().min(1),
  /** Role of the sessions in which the function touches rows of a company; without it the function's own role does. */
  TENANT_ROLE_ARN: z.string().min(1).optional(),
});
