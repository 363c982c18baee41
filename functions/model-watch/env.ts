import * as z from 'zod';
import { aiEnvironment } from '../../shared/platform/ai/ai-environment.ts';

export const modelWatchEnvironment = z.object({ SECRETS_PREFIX: z.string().min(1), ...aiEnvironment });
