import * as z from 'zod';

export const authorizerEnvironment = z.object({
  TABLE_NAME: z.string().min(1),
  SECRETS_PREFIX: z.string().min(1),
});
