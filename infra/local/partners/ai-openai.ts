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

const MODELS = ['gpt-6-luna', 'gpt-6-sol', 'gpt-6.1-sol', 'gpt-5.4-mini'];

const call = z.looseObject({
  model: z.string(),
  instructions: z.string().optional(),
  input: z.string(),
  max_output_tokens: z.int().positive().optional(),
});

function failure(status: number, type: string, code: string | null, message: string): PartnerAnswer {
  return { status, body: { error: { message, type, param: null, code } } };
}

const WRONG_KEY = failure(401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.');
const OVERLOADED = failure(503, 'server_error', 'server_is_overloaded', 'The server is overloaded.');
const throttled = (seconds: number): PartnerAnswer => ({
  ...failure(429, 'requests', 'rate_limit_exceeded', 'Rate limit reached.'),
  headers: { 'retry-after': String(seconds), 'x-ratelimit-remaining-requests': '0' },
});

function keyOf({ headers }: PartnerRequest): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
}

/** OpenAI (`integrations.md` §3.2): its list of models and Responses. */
export function openai(): Partner {
  const { data, next } = aiScript(MODELS);
  return {
    name: 'openai',
    addressVariable: 'OPENAI_BASE_URL',
    data,
    faults: { down: OVERLOADED, '401': WRONG_KEY, '429': throttled(30) },
    keyOf,
    answer(request) {
      if (!isOpenTo(keyOf(request))) return WRONG_KEY;
      const { models, retry_after } = data.get();
      if (request.method === 'GET' && request.path === '/v1/models') {
        return { status: 200, body: { object: 'list', data: models.map((id) => ({ id, object: 'model' })) } };
      }
      if (request.method !== 'POST' || request.path !== '/v1/responses') {
        return failure(404, 'invalid_request_error', null, `Invalid URL (${request.method} ${request.path})`);
      }
      const parsed = call.safeParse(jsonBody(request));
      if (!parsed.success) return failure(400, 'invalid_request_error', null, 'The body is not a response request.');
      const sampling = samplingIn(parsed.data);
      if (sampling) return failure(400, 'invalid_request_error', 'unsupported_parameter', `Unsupported: ${sampling}`);
      const { model, input: user, instructions: system } = parsed.data;
      const kind = next();
      if (!models.includes(model) || kind === 'model_gone') {
        return failure(404, 'invalid_request_error', 'model_not_found', `The model ${model} does not exist.`);
      }
      return failed(kind, retry_after) ?? answered(kind, { system, user }, model);
    },
    reset: () => undefined,
  };
}

function failed(kind: AiAnswerKind, retryAfter: number): PartnerAnswer | undefined {
  switch (kind) {
    case 'throttled':
      return throttled(retryAfter);
    case 'exhausted':
      return failure(429, 'insufficient_quota', 'insufficient_quota', 'You exceeded your current quota.');
    case 'overloaded':
      return OVERLOADED;
    case 'timeout':
      return failure(504, 'server_error', null, 'The request timed out.');
    case 'not_allowed':
      return failure(403, 'invalid_request_error', 'unsupported_country_region_territory', 'Not supported.');
    case 'bad_request':
      return failure(400, 'invalid_request_error', 'invalid_value', 'A parameter is not valid.');
    default:
      return undefined;
  }
}

function answered(kind: AiAnswerKind, prompt: AiPrompt, model: string): PartnerAnswer {
  const spoilt = unreadable(kind, '{"id":"resp_1","out');
  if (spoilt !== undefined) return spoilt;
  const text = draftOf(prompt, kind);
  const [input_tokens, output_tokens] = [tokensOf(prompt.user), tokensOf(text)];
  const usage = {
    input_tokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input_tokens + output_tokens,
  };
  const content =
    kind === 'refusal'
      ? [{ type: 'refusal', refusal: "I can't help with that." }]
      : [{ type: 'output_text', text: kind === 'empty' ? '' : text, annotations: [] }];
  const message = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content };
  const reason = { truncated: 'max_output_tokens', blocked: 'content_filter' }[kind as string];
  const end = reason
    ? { status: 'incomplete', incomplete_details: { reason } }
    : { status: 'completed', incomplete_details: null };
  const output = [{ id: 'rs_1', type: 'reasoning', summary: [] }, message];
  return { status: 200, body: { id: 'resp_1', object: 'response', model, error: null, ...end, output, usage } };
}
