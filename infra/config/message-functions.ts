import { modelWatchEnvironment } from '../../functions/model-watch/env.ts';
import { publicFormsEnvironment } from '../../functions/public-forms/env.ts';
import { publicFormsRoutes } from '../../functions/public-forms/routes.ts';
import { systemPromptsEnvironment } from '../../functions/system-prompts/env.ts';
import { systemPromptsRoutes } from '../../functions/system-prompts/routes.ts';
import { vaultEnvironment } from '../../functions/vault/env.ts';
import { vaultRoutes } from '../../functions/vault/routes.ts';
import { type FunctionSpec, HTTP_TIMEOUT_S } from './function-spec.ts';
import { DATA_KEYS, secret, sendTo, tenantRows } from './grants.ts';

/** Functions about what people write: companies to their guests, strangers to us. */
export const MESSAGE_FUNCTIONS = {
  vault: {
    description: 'Templates of guest messages, and AI that drafts them',
    trigger: { kind: 'http', routes: vaultRoutes },
    environment: vaultEnvironment,
    memoryMb: 512,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      tenantRows('GetItem', 'PutItem', 'Query', 'UpdateItem'),
      { kind: 'rows', actions: ['GetItem'], leadingKeys: 'P#SYSTEM_PROMPT#*' },
      DATA_KEYS,
      secret('AI_DEFAULT_API_KEY'),
    ],
  },
  'model-watch': {
    description: 'Looks daily whether the configured AI models are still served',
    // What a day could not read, the next one does.
    trigger: { kind: 'schedule', rate: 'rate(1440 minutes)', retries: 0 },
    environment: modelWatchEnvironment,
    memoryMb: 256,
    timeoutSeconds: 60,
    grants: [secret('AI_DEFAULT_API_KEY')],
  },
  'system-prompts': {
    description: 'What AI is told, for the platform operator',
    trigger: { kind: 'http', routes: systemPromptsRoutes },
    environment: systemPromptsEnvironment,
    memoryMb: 256,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      // The audit trail of the superadmin's own company.
      tenantRows('GetItem', 'PutItem'),
      { kind: 'rows', actions: ['GetItem', 'PutItem'], leadingKeys: 'P#SYSTEM_PROMPT#*' },
    ],
  },
  'public-forms': {
    description: 'What strangers may send us',
    trigger: { kind: 'http', routes: publicFormsRoutes },
    environment: publicFormsEnvironment,
    memoryMb: 256,
    timeoutSeconds: HTTP_TIMEOUT_S,
    grants: [
      // The outbox of the platform itself, which it adds to and never reads.
      tenantRows('PutItem'),
      sendTo('work'),
      secret('TURNSTILE_SECRET_KEY'),
    ],
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;
