import * as z from 'zod';
import type { OutboundAnswer } from '../outbound/outbound-call.ts';
import { type AiAnswer, AiFailed, type AiUsage } from './ai-client.ts';
import { problemOfStatus, retryAfterOf, type Wire, type WireFailure } from './wire-client.ts';

const count = z.int().nonnegative().default(0);

const answer = z.object({
  status: z.string(),
  error: z.object({ code: z.string().nullish() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z
    .array(
      z.object({
        type: z.string(),
        content: z.array(z.object({ type: z.string(), text: z.string().optional() })).optional(),
      }),
    )
    .default([]),
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      total_tokens: count,
      input_tokens_details: z.object({ cached_tokens: count }).optional(),
      output_tokens_details: z.object({ reasoning_tokens: count }).optional(),
    })
    .nullish(),
});

const failure = z.object({ error: z.object({ code: z.string().nullish(), type: z.string().nullish() }) });

/** OpenAI, Responses (`integrations.md` §3.2). Nothing is kept there: `store` would be true by default. */
export const openaiWire: Wire = {
  requestOf: (base, { model, system, user, mostTokens, minimalReasoning, askedBy }, apiKey) => ({
    method: 'POST',
    address: `${base}/v1/responses`,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model,
      instructions: system,
      input: user,
      max_output_tokens: mostTokens,
      ...(minimalReasoning && { reasoning: { effort: 'minimal' } }),
      store: false,
      safety_identifier: askedBy,
    }),
  }),
  read,
  failureOf,
};

function read(body: unknown): AiAnswer {
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw new AiFailed('BAD_RESPONSE');
  const { status, error, incomplete_details, output } = parsed.data;
  const usage = parsed.data.usage ? usageOf(parsed.data.usage) : null;
  const content = output.flatMap((item) => (item.type === 'message' ? (item.content ?? []) : []));
  const isFiltered = incomplete_details?.reason === 'content_filter' || error?.code === 'content_filter';
  if (isFiltered || content.some(({ type }) => type === 'refusal')) throw new AiFailed('REFUSED', { usage });
  if (status === 'incomplete') throw new AiFailed('TRUNCATED', { usage });
  if (status === 'failed') throw new AiFailed('UPSTREAM_UNAVAILABLE', { usage });
  if (status !== 'completed') throw new AiFailed('BAD_RESPONSE', { usage });
  return { text: content.flatMap(({ type, text }) => (type === 'output_text' ? (text ?? []) : [])).join(''), usage };
}

function usageOf(usage: NonNullable<z.output<typeof answer>['usage']>): AiUsage {
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cached: usage.input_tokens_details?.cached_tokens ?? 0,
    reasoning: usage.output_tokens_details?.reasoning_tokens ?? 0,
    total: usage.total_tokens,
  };
}

/** Codes of 429 that no waiting helps against. */
const EXHAUSTED = new Set(['insufficient_quota', 'billing_hard_limit_reached']);

function failureOf({ status, headers }: OutboundAnswer, body: unknown): WireFailure {
  const { code, type } = failure.safeParse(body).data?.error ?? {};
  if (status === 429 && (EXHAUSTED.has(code ?? '') || EXHAUSTED.has(type ?? ''))) return { problem: 'QUOTA_EXHAUSTED' };
  const retryAfterMs = retryAfterOf(headers);
  return { problem: problemOfStatus(status), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
