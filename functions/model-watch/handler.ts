import middy from '@middy/core';
import { listModels } from '../../shared/platform/ai/model-list.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { secretStore } from '../../shared/platform/secrets/secret-store.ts';
import { modelWatchEnvironment } from './env.ts';
import { watchModels } from './operations/watch-models.ts';

const LIST_BUDGET_MS = 20_000;

const env = readEnvironment(modelWatchEnvironment);
const log = functionLog();
const secrets = secretStore(env.SECRETS_PREFIX);
const vendor = env.AI_DEFAULT_PROVIDER;
const ofVendor = { gemini: env.AI_GEMINI_MODELS, openai: env.AI_OPENAI_MODELS, claude: env.AI_CLAUDE_MODELS }[vendor];

export const handler = middy().handler(() =>
  watchModels({
    vendor,
    configured: [...new Set([env.AI_DEFAULT_MODEL, ...ofVendor])],
    list: async () => {
      const apiKey = await secrets.read('AI_DEFAULT_API_KEY');
      return listModels(vendor, { env, callOut, apiKey, signal: AbortSignal.timeout(LIST_BUDGET_MS) });
    },
    log,
  }),
);
