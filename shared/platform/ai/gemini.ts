import * as z from 'zod';
import type { OutboundAnswer } from '../outbound/outbound-call.ts';
import { type AiAnswer, AiFailed, type AiUsage } from './ai-client.ts';
import { problemOfStatus, type Wire, type WireFailure } from './wire-client.ts';

const count = z.int().nonnegative().default(0);

const answer = z.object({
  candidates: z
    .array(
      z.object({
        content: z
          .object({
            parts: z.array(z.object({ text: z.string().optional(), thought: z.boolean().optional() })).default([]),
          })
          .optional(),
        finishReason: z.string().optional(),
      }),
    )
    .default([]),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z
    .object({
      promptTokenCount: count,
      candidatesTokenCount: count,
      thoughtsTokenCount: count,
      cachedContentTokenCount: count,
      totalTokenCount: count,
    })
    .optional(),
});

/** Google words its failures in `details`, a list of objects of many types. */
const failure = z.object({
  error: z.object({
    status: z.string().optional(),
    details: z
      .array(
        z.object({
          reason: z.string().optional(),
          retryDelay: z.string().optional(),
          violations: z.array(z.object({ quotaId: z.string().optional() })).optional(),
        }),
      )
      .default([]),
  }),
});

/** Reasons with which the model ends a text that it will not write. */
const REFUSALS = new Set(['SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'OTHER']);

/** Google Gemini, `generateContent` (`integrations.md` §3.1). */
export const geminiWire: Wire = {
  requestOf: (base, { model, system, user, mostTokens, minimalReasoning }, apiKey) => ({
    method: 'POST',
    address: `${base}/v1beta/models/${encodeURIComponent(model)}:generateContent`,
    // In a header, because addresses end up in logs.
    headers: { 'x-goog-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({
      systemInstruction: { parts: [{ text: system }] },
      contents: [{ role: 'user', parts: [{ text: user }] }],
      generationConfig: {
        maxOutputTokens: mostTokens,
        ...(minimalReasoning && { thinkingConfig: { thinkingLevel: 'MINIMAL' } }),
      },
    }),
  }),
  read,
  failureOf,
};

function read(body: unknown): AiAnswer {
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw new AiFailed('BAD_RESPONSE');
  const { candidates, promptFeedback, usageMetadata } = parsed.data;
  const usage = usageMetadata ? usageOf(usageMetadata) : null;
  if (promptFeedback?.blockReason !== undefined) throw new AiFailed('REFUSED', { usage });
  const [first] = candidates;
  const reason = first?.finishReason ?? '';
  if (REFUSALS.has(reason)) throw new AiFailed('REFUSED', { usage });
  if (reason === 'MAX_TOKENS') throw new AiFailed('TRUNCATED', { usage });
  const parts = first?.content?.parts ?? [];
  const text = parts.flatMap((part) => (part.thought === true ? [] : (part.text ?? []))).join('');
  return { text, usage };
}

function usageOf(metadata: NonNullable<z.output<typeof answer>['usageMetadata']>): AiUsage {
  return {
    input: metadata.promptTokenCount,
    output: metadata.candidatesTokenCount + metadata.thoughtsTokenCount,
    cached: metadata.cachedContentTokenCount,
    reasoning: metadata.thoughtsTokenCount,
    total: metadata.totalTokenCount,
  };
}

function failureOf({ status }: OutboundAnswer, body: unknown): WireFailure {
  const { error } = failure.safeParse(body).data ?? { error: { status: undefined, details: [] } };
  if (status === 400 && error.details.some(({ reason }) => reason === 'API_KEY_INVALID')) {
    return { problem: 'AUTH_INVALID' };
  }
  if (status === 400 && error.status === 'FAILED_PRECONDITION') return { problem: 'AUTH_SCOPE' };
  if (status !== 429) return { problem: problemOfStatus(status) };
  const quotas = error.details.flatMap(({ violations = [] }) => violations.map(({ quotaId = '' }) => quotaId));
  if (quotas.some((quota) => quota.includes('PerDay'))) return { problem: 'QUOTA_EXHAUSTED' };
  // A protobuf duration in JSON: `37s`, `1.5s`.
  const seconds = Number.parseFloat(error.details.find(({ retryDelay }) => retryDelay)?.retryDelay ?? '');
  return { problem: 'RATE_LIMITED', ...(Number.isFinite(seconds) && { retryAfterMs: seconds * 1_000 }) };
}
