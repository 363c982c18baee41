import * as z from 'zod';
import type { PartnerAnswer, PartnerRequest } from './partner.ts';
import { scriptedData } from './partner-data.ts';

/**
 * How one call is answered. `text`: as asked. `drops_placeholder`: without the last placeholder. `refusal`, `blocked`:
 * the model, or the service before it, will not. `truncated`: cut at the limit. `empty`, `garbage`, `half`: success
 * without text, no JSON, broken JSON. `instructions`: what the service was told to be. The others are failures in the
 * service's own words.
 */
export const AI_ANSWERS = [
  'text',
  'drops_placeholder',
  'refusal',
  'blocked',
  'truncated',
  'empty',
  'garbage',
  'half',
  'instructions',
  'throttled',
  'exhausted',
  'overloaded',
  'timeout',
  'model_gone',
  'not_allowed',
  'bad_request',
] as const;
export type AiAnswerKind = (typeof AI_ANSWERS)[number];

const aiData = z.strictObject({
  /** Answers to the next calls, first to last; the last one stays for all that follow. */
  script: z.array(z.enum(AI_ANSWERS)).min(1),
  /** Seconds that `throttled` asks to wait. */
  retry_after: z.number().nonnegative(),
  /** Models that the service has. */
  models: z.array(z.string()),
});

/** Data of an AI stand-in, with the place in its script. */
export function aiScript(models: readonly string[]) {
  const data = scriptedData(aiData, () => ({ script: ['text' as const], retry_after: 1, models: [...models] }));
  let used = 0;
  return {
    data: {
      ...data,
      merge(parts: Readonly<Record<string, unknown>>) {
        data.merge(parts);
        used = 0;
      },
      reset() {
        data.reset();
        used = 0;
      },
    },
    next(): AiAnswerKind {
      const { script } = data.get();
      const kind = script[Math.min(used, script.length - 1)];
      used += 1;
      return kind ?? 'text';
    },
  };
}

/** A stand-in opens to every key but one that ends so. */
export const REVOKED_ENDING = '-revoked';

export function isOpenTo(key: string | undefined): boolean {
  return key !== undefined && key !== '' && !key.endsWith(REVOKED_ENDING);
}

/** The body as JSON; undefined when it is none. */
export function jsonBody({ body }: PartnerRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const LAST_PLACEHOLDER = /\{[\p{L}\p{N}_]+\}(?![\s\S]*\{[\p{L}\p{N}_]+\})/u;

/** What a call gives the model. */
export interface AiPrompt {
  readonly system?: string | undefined;
  readonly user: string;
}

/** The text of an answer: the one that was sent, marked, so that a person sees that it went out and came back. */
export function draftOf({ system = '', user }: AiPrompt, kind: AiAnswerKind): string {
  if (kind === 'instructions') return system;
  const [first = '', ...rest] = user.split('\n\n');
  const language = /([a-z]{2})\s*$/.exec(first)?.[1] ?? '??';
  const text = `[${language}] ${rest.join('\n\n').trim()}`;
  return kind === 'drops_placeholder' ? text.replace(LAST_PLACEHOLDER, '') : text;
}

/** Tokens as such services count them, near enough. */
export function tokensOf(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}

/** Sampling parameters, which current models refuse (`integrations.md` §3). */
export function samplingIn(body: object): string | undefined {
  return ['temperature', 'top_p', 'top_k', 'topP', 'topK'].find((name) => name in body);
}

/** A success that nobody can read: no JSON, or the first half of one. */
export function unreadable(kind: AiAnswerKind, half: string): PartnerAnswer | undefined {
  if (kind === 'garbage') return { status: 200, body: '<html>Bad gateway</html>' };
  if (kind === 'half') return { status: 200, headers: { 'content-type': 'application/json' }, body: half };
  return undefined;
}
