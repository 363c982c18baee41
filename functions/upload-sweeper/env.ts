import * as z from 'zod';

export const uploadSweeperEnvironment = z.object({
  EXPORTS_BUCKET: z.string().min(1),
});
