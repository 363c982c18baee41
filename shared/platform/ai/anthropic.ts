import * as z from 'zod';
import type { OutboundAnswer } from '../outbound/outbound-call.ts';
import { type AiAnswer, AiFailed, type AiUsage } from './ai-client.ts';
import { problemOfStatus, retryAfterOf, type Wire, type WireFailure } from './wire-client.ts';

const count = z.int().nonnegative().nullish();

const answer = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string().nullable(),
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      cache_creation_input_tokens: count,
      cache_read_input_tokens: count,
    })
    .optional(),
});

const failure = z.object({
  error: z.object({
    type: z.string().optional(),
    message: z.string().optional(),
    details: z.object({ error_code: z.string().optional() }).nullish(),
  }),
});

/** Anthropic, Messages (`integrations.md` §3.3). */
export const anthropicWire: Wire = {
  requestOf: (base, { model, system, user, mostTokens, askedBy }, apiKey) => ({
    method: 'POST',
    address: `${base}/v1/messages`,
    headers: { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify({
      model,
      max_tokens: mostTokens,
      system,
      messages: [{ role: 'user', content: user }],
      metadata: { user_id: askedBy },
    }),
  }),
  read,
  failureOf,
};

const CUT = new Set(['max_tokens', 'model_context_window_exceeded']);
const ENDED = new Set(['end_turn', 'stop_sequence']);

function read(body: unknown): AiAnswer {
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw new AiFailed('BAD_RESPONSE');
  const { content, stop_reason: reason } = parsed.data;
  const usage = parsed.data.usage ? usageOf(parsed.data.usage) : null;
  if (reason === 'refusal') throw new AiFailed('REFUSED', { usage });
  if (CUT.has(reason ?? '')) throw new AiFailed('TRUNCATED', { usage });
  if (!ENDED.has(reason ?? '')) throw new AiFailed('BAD_RESPONSE', { usage });
  return { text: content.flatMap(({ type, text }) => (type === 'text' ? (text ?? []) : [])).join(''), usage };
}

function usageOf(usage: NonNullable<z.output<typeof answer>['usage']>): AiUsage {
  const cached = usage.cache_read_input_tokens ?? 0;
  const input = (usage.input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) + cached;
  const output = usage.output_tokens ?? 0;
  // Thinking is counted within the output and not told apart.
  return { input, output, cached, reasoning: 0, total: input + output };
}

function failureOf({ status, headers }: OutboundAnswer, body: unknown): WireFailure {
  const { details, message = '' } = failure.safeParse(body).data?.error ?? {};
  if (status === 429 && details?.error_code === 'enforced_spend_limit_reached') return { problem: 'QUOTA_EXHAUSTED' };
  // Reported in the wild as a 400 without a code of its own.
  if (status === 400 && /credit balance is too low/i.test(message)) return { problem: 'QUOTA_EXHAUSTED' };
  const retryAfterMs = retryAfterOf(headers);
  return { problem: problemOfStatus(status), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
