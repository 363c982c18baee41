import * as z from 'zod';
import { AI_VENDORS } from '../../shared/platform/ai/ai-client.ts';
import { modelNames } from '../../shared/platform/ai/model-names.ts';

export const modelWatchEnvironment = z.object({
  SECRETS_PREFIX: z.string().min(1),
  GEMINI_BASE_URL: z.url(),
  OPENAI_BASE_URL: z.url(),
  ANTHROPIC_BASE_URL: z.url(),
  PARTNER_HOSTS: z.enum(['official', 'any']),
  AI_DEFAULT_PROVIDER: z.enum(AI_VENDORS),
  AI_DEFAULT_MODEL: z.string().min(1),
  AI_GEMINI_MODELS: modelNames,
  AI_OPENAI_MODELS: modelNames,
  AI_CLAUDE_MODELS: modelNames,
});
