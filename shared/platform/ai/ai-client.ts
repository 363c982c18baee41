/** Services that write text. `claude` is Anthropic's, under the name that the settings use. */
export const AI_VENDORS = ['gemini', 'openai', 'claude'] as const;
export type AiVendor = (typeof AI_VENDORS)[number];

/** One short text to be written. */
export interface AiRequest {
  readonly model: string;
  /** What the service is told to be and to do. */
  readonly system: string;
  /** What it is given to work on. */
  readonly user: string;
  /** Tokens of the answer at most, hidden reasoning included. */
  readonly mostTokens: number;
  /**
   * Asks for as little hidden reasoning as the vendor has a word for. Only for models that are known to take it: others
   * refuse the whole call.
   */
  readonly minimalReasoning: boolean;
  /** Stable name for whoever asks, which names nobody; vendors watch it for abuse. */
  readonly askedBy: string;
}

/** Tokens as the vendor counts them, never as we would estimate them. */
export interface AiUsage {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  readonly reasoning: number;
  readonly total: number;
}

export interface AiAnswer {
  readonly text: string;
  /** Null when the vendor told nothing. */
  readonly usage: AiUsage | null;
}

/** What can go wrong, in one vocabulary for all vendors (`integrations.md` §0.3, §3.4). */
export type AiProblem =
  | 'AUTH_INVALID'
  | 'AUTH_SCOPE'
  | 'BAD_REQUEST'
  | 'BAD_RESPONSE'
  | 'MODEL_GONE'
  | 'QUOTA_EXHAUSTED'
  | 'RATE_LIMITED'
  | 'REFUSED'
  | 'TIMEOUT'
  | 'TRUNCATED'
  | 'UPSTREAM_UNAVAILABLE';

export interface AiFailureDetails {
  readonly status?: number;
  /** How long the vendor asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What a refused or cut answer has cost all the same. */
  readonly usage?: AiUsage | null;
}

/** No usable text came. Says nothing of key, prompt or answer. */
export class AiFailed extends Error {
  override readonly name = 'AiFailed';
  readonly problem: AiProblem;
  readonly details: AiFailureDetails;

  constructor(problem: AiProblem, details: AiFailureDetails = {}) {
    super(`The AI service gave no text: ${problem}`);
    this.problem = problem;
    this.details = details;
  }
}

/** A call with the key that pays for it and the signal that ends it. */
export interface AiCall {
  readonly request: AiRequest;
  readonly apiKey: string;
  readonly signal: AbortSignal;
}

/** Asks one vendor once. @throws AiFailed */
export type AiClient = (call: AiCall) => Promise<AiAnswer>;
