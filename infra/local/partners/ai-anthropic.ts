import * as z from 'zod';
import {
  type AiAnswerKind,
  type AiPrompt,
  aiScript,
  draftOf,
  isOpenTo,
  jsonBody,
  samplingIn,
  tokensOf,
  unreadable,
} from './ai-script.ts';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';

const MODELS = ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5', 'claude-sonnet-4-6', 'claude-haiku-4-5'];

const call = z.looseObject({
  model: z.string(),
  max_tokens: z.int().positive(),
  system: z.string().optional(),
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string().min(1) })).min(1),
});

function failure(status: number, type: string, message: string, more: object = {}): PartnerAnswer {
  return { status, body: { type: 'error', error: { type, message, ...more }, request_id: 'req_1' } };
}

const WRONG_KEY = failure(401, 'authentication_error', 'invalid x-api-key');
const OVERLOADED = failure(529, 'overloaded_error', 'Overloaded');
const throttled = (seconds: number): PartnerAnswer => ({
  ...failure(429, 'rate_limit_error', 'This request would exceed your rate limit.'),
  headers: { 'retry-after': String(seconds) },
});

function keyOf({ headers }: PartnerRequest): string | undefined {
  return [headers['x-api-key']].flat()[0];
}

/** Anthropic (`integrations.md` §3.3): its list of models and Messages. */
export function anthropic(): Partner {
  const { data, next } = aiScript(MODELS);
  return {
    name: 'anthropic',
    addressVariable: 'ANTHROPIC_BASE_URL',
    data,
    faults: { down: OVERLOADED, '401': WRONG_KEY, '429': throttled(30) },
    keyOf,
    answer(request) {
      if (!isOpenTo(keyOf(request))) return WRONG_KEY;
      if (request.headers['anthropic-version'] === undefined) {
        return failure(400, 'invalid_request_error', 'anthropic-version: header is required');
      }
      const { models, retry_after } = data.get();
      if (request.method === 'GET' && request.path === '/v1/models') {
        return { status: 200, body: { data: models.map((id) => ({ id, type: 'model' })), has_more: false } };
      }
      if (request.method !== 'POST' || request.path !== '/v1/messages') {
        return failure(404, 'not_found_error', 'Not found');
      }
      const parsed = call.safeParse(jsonBody(request));
      if (!parsed.success) return failure(400, 'invalid_request_error', 'The body is not a message request.');
      const sampling = samplingIn(parsed.data);
      if (sampling) return failure(400, 'invalid_request_error', `${sampling} is deprecated for this model.`);
      const { model, messages, system } = parsed.data;
      const kind = next();
      if (!models.includes(model) || kind === 'model_gone') return failure(404, 'not_found_error', `model: ${model}`);
      return failed(kind, retry_after) ?? answered(kind, { system, user: messages.at(-1)?.content ?? '' }, model);
    },
    reset: () => undefined,
  };
}

function failed(kind: AiAnswerKind, retryAfter: number): PartnerAnswer | undefined {
  switch (kind) {
    case 'throttled':
      return throttled(retryAfter);
    case 'exhausted': {
      const details = { error_code: 'enforced_spend_limit_reached' };
      return failure(429, 'rate_limit_error', 'You have reached your spend limit.', { details });
    }
    case 'overloaded':
      return OVERLOADED;
    case 'timeout':
      return failure(504, 'timeout_error', 'The request timed out.');
    case 'not_allowed':
      return failure(403, 'permission_error', 'Your API key does not have permission.');
    case 'bad_request':
      return failure(400, 'invalid_request_error', 'A parameter is not valid.');
    default:
      return undefined;
  }
}

const STOP_REASONS: Partial<Readonly<Record<AiAnswerKind, string>>> = {
  truncated: 'max_tokens',
  refusal: 'refusal',
  blocked: 'refusal',
};

function answered(kind: AiAnswerKind, prompt: AiPrompt, model: string): PartnerAnswer {
  const spoilt = unreadable(kind, '{"id":"msg_1","con');
  if (spoilt !== undefined) return spoilt;
  const text = draftOf(prompt, kind);
  const usage = {
    input_tokens: tokensOf(prompt.user),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: tokensOf(text),
  };
  const stop_reason = STOP_REASONS[kind] ?? 'end_turn';
  const content = kind === 'empty' || stop_reason === 'refusal' ? [] : [{ type: 'text', text }];
  const common = { id: 'msg_1', type: 'message', role: 'assistant', model, stop_sequence: null };
  return { status: 200, body: { ...common, content, stop_reason, usage } };
}
