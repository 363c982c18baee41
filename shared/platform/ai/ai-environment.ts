import * as z from 'zod';
import { AI_VENDORS } from './ai-client.ts';
import { modelNames } from './model-names.ts';

/** Where the vendors are and which of their models are used, for the environment of a function that calls them. */
export const aiEnvironment = {
  GEMINI_BASE_URL: z.url(),
  OPENAI_BASE_URL: z.url(),
  ANTHROPIC_BASE_URL: z.url(),
  /** `any` only in the local cloud: keys of a deployed stage travel to the vendors' own hosts alone. */
  PARTNER_HOSTS: z.enum(['official', 'any']),
  /** The shared tier; its key is the secret `AI_DEFAULT_API_KEY`. */
  AI_DEFAULT_PROVIDER: z.enum(AI_VENDORS),
  AI_DEFAULT_MODEL: z.string().min(1),
  /** Models of each vendor: what is used, then what is changed to when a vendor has withdrawn it. */
  AI_GEMINI_MODELS: modelNames,
  AI_OPENAI_MODELS: modelNames,
  AI_CLAUDE_MODELS: modelNames,
};
