import * as z from 'zod';
import { queueVariables } from '../../shared/platform/queue/queue-names.ts';

export const outboxSweeperEnvironment = z.object({
  TABLE_NAME: z.string().min(1),
  ...queueVariables(() => z.string().min(1)),
});
