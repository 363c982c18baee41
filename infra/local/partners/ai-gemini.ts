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
import type { Partner, PartnerAnswer } from './partner.ts';

const GENERATE = /^\/v1beta\/models\/([^/:]+):generateContent$/;
const MODELS = [
  'gemini-3.5-flash-lite',
  'gemini-3.5-flash',
  'gemini-3.6-flash',
  'gemini-3.7-flash',
  'gemini-3.8-flash',
];

const part = z.object({ text: z.string() });
const call = z.object({
  systemInstruction: z.object({ parts: z.array(part) }).optional(),
  contents: z.array(z.object({ role: z.string().optional(), parts: z.array(part).min(1) })).min(1),
  generationConfig: z.looseObject({ maxOutputTokens: z.int().positive().optional() }).default({}),
});

function failure(code: number, status: string, message: string, details: readonly object[] = []): PartnerAnswer {
  return { status: code, body: { error: { code, message, status, details } } };
}

/** A wrong key is a 400 here. */
const WRONG_KEY = failure(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
  { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
]);
const THROTTLED = (seconds: number) =>
  failure(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` },
  ]);

/** Google Gemini (`integrations.md` §3.1): its list of models and `generateContent`. */
export function gemini(): Partner {
  const { data, next } = aiScript(MODELS);
  return {
    name: 'gemini',
    addressVariable: 'GEMINI_BASE_URL',
    data,
    faults: {
      down: failure(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
      '401': WRONG_KEY,
      '429': THROTTLED(30),
    },
    keyOf: ({ headers }) => [headers['x-goog-api-key']].flat()[0],
    answer(request) {
      const key = [request.headers['x-goog-api-key']].flat()[0];
      if (!isOpenTo(key)) return WRONG_KEY;
      const { models, retry_after } = data.get();
      if (request.method === 'GET' && request.path === '/v1beta/models') {
        return { status: 200, body: { models: models.map((name) => ({ name: `models/${name}` })) } };
      }
      const model = decodeURIComponent(GENERATE.exec(request.path)?.[1] ?? '');
      if (request.method !== 'POST' || model === '') return failure(404, 'NOT_FOUND', 'Not found.');
      const parsed = call.safeParse(jsonBody(request));
      if (!parsed.success) return failure(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received.');
      const sampling = samplingIn(parsed.data.generationConfig);
      if (sampling) return failure(400, 'INVALID_ARGUMENT', `${sampling} is not supported by this model.`);
      const kind = next();
      if (!models.includes(model) || kind === 'model_gone') {
        return failure(404, 'NOT_FOUND', `models/${model} is not found for API version v1beta.`);
      }
      const { contents, systemInstruction } = parsed.data;
      const prompt = { system: textOf(systemInstruction), user: textOf(contents.at(-1)) };
      return failed(kind, retry_after) ?? answered(kind, prompt, model);
    },
    reset: () => undefined,
  };
}

function textOf(content: { readonly parts: readonly { readonly text: string }[] } | undefined): string {
  return content?.parts.map(({ text }) => text).join('') ?? '';
}

function failed(kind: AiAnswerKind, retryAfter: number): PartnerAnswer | undefined {
  switch (kind) {
    case 'throttled':
      return THROTTLED(retryAfter);
    case 'exhausted':
      return failure(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
        {
          '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
          violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }],
        },
      ]);
    case 'overloaded':
      return failure(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.');
    case 'timeout':
      return failure(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.');
    case 'not_allowed':
      return failure(403, 'PERMISSION_DENIED', 'The caller does not have permission.');
    case 'bad_request':
      return failure(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.');
    default:
      return undefined;
  }
}

function answered(kind: AiAnswerKind, prompt: AiPrompt, model: string): PartnerAnswer {
  const spoilt = unreadable(kind, '{"candidates":[{"con');
  if (spoilt !== undefined) return spoilt;
  const text = draftOf(prompt, kind);
  const usage = {
    promptTokenCount: tokensOf(prompt.user),
    candidatesTokenCount: tokensOf(text),
    thoughtsTokenCount: 0,
  };
  const common = {
    usageMetadata: { ...usage, totalTokenCount: usage.promptTokenCount + usage.candidatesTokenCount },
    modelVersion: model,
  };
  if (kind === 'blocked')
    return { status: 200, body: { ...common, promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } } };
  if (kind === 'refusal')
    return { status: 200, body: { ...common, candidates: [{ index: 0, finishReason: 'SAFETY' }] } };
  const finishReason = kind === 'truncated' ? 'MAX_TOKENS' : 'STOP';
  const parts = kind === 'empty' ? [] : [{ text: 'Pienso en ello…', thought: true }, { text }];
  return {
    status: 200,
    body: { ...common, candidates: [{ index: 0, content: { role: 'model', parts }, finishReason }] },
  };
}
