import { setTimeout as pause } from 'node:timers/promises';
import type { ApiAnswer, ApiClient, CallOptions } from '../support/api-client.ts';
import type { Answers } from './answers.ts';
import type { Outcome } from './ledger.ts';
import type { Random } from './random.ts';

/** What came of a write, with its last answer where there was one. */
export interface Written {
  readonly outcome: Outcome;
  readonly answer: ApiAnswer | undefined;
}

const MOST_TRIES = 4;
const LONGEST_PAUSE_MS = 400;

/** Somebody's client that repeats what failed, as the clients of both APIs do, and shows every answer to the watch. */
export class WatchedClient {
  readonly client: ApiClient;
  readonly #tenant: number | undefined;
  readonly #answers: Answers;
  readonly #csrf: Record<string, string>;

  constructor(
    client: ApiClient,
    about: {
      readonly tenant: number | undefined;
      readonly answers: Answers;
      readonly csrf: Record<string, string>;
    },
  ) {
    this.client = client;
    this.#tenant = about.tenant;
    this.#answers = about.answers;
    this.#csrf = about.csrf;
  }

  /** One call; undefined when the connection ended without an answer. */
  async call(method: string, path: string, options: CallOptions = {}): Promise<ApiAnswer | undefined> {
    try {
      const answer = await this.client.call(method, path, options);
      this.#answers.take(this.#tenant, `${method} ${path}`, answer);
      return answer;
    } catch {
      this.#answers.broken += 1;
      return undefined;
    }
  }

  get(path: string): Promise<ApiAnswer | undefined> {
    return this.call('GET', path);
  }

  /** A write under an idempotency key of its own, repeated under the same key until somebody answers. */
  async write(random: Random, method: string, path: string, content: CallOptions = {}): Promise<Written> {
    const key = Array.from({ length: 4 }, () => random.between(0, 0xffffffff).toString(16)).join('-');
    const headers = { ...this.#csrf, 'x-idempotency-key': key };
    return this.#repeat(random, () => this.call(method, path, { ...content, headers }));
  }

  /** One operation of an offline device, sent until somebody answers it; it has a key of its own. */
  async replay(random: Random, operation: object): Promise<Written> {
    return this.#repeat(random, async () => {
      const answer = await this.call('POST', '/api/sync/', { body: { operations: [operation] } });
      const [result] = (answer?.body.results ?? []) as readonly Pick<ApiAnswer, 'status' | 'body'>[];
      return answer && result ? { ...answer, ...result } : answer;
    });
  }

  async #repeat(random: Random, attempt: () => Promise<ApiAnswer | undefined>): Promise<Written> {
    let isOpen = false;
    let answer: ApiAnswer | undefined;
    for (let tried = 0; tried < MOST_TRIES; tried += 1) {
      answer = await attempt();
      if (answer !== undefined && answer.status < 300) return { outcome: 'done', answer };
      // What an earlier try has done may be why this one is refused.
      if (isRefusal(answer)) return { outcome: isOpen ? 'unknown' : 'refused', answer };
      isOpen = true;
      await pause(random.between(20, LONGEST_PAUSE_MS));
    }
    return { outcome: 'unknown', answer };
  }

  /** Everything of a numbered list of Aristay's. */
  async listAll(path: string): Promise<readonly Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    for (let page = 1; ; page += 1) {
      const mark = path.includes('?') ? '&' : '?';
      const answer = await this.get(`${path}${mark}page_size=100&page=${page}`);
      if (answer?.status !== 200) throw new Error(`${path} answered ${answer?.status}: ${answer?.text}`);
      rows.push(...(answer.body.results as Record<string, unknown>[]));
      if (answer.body.next === null || answer.body.next === undefined) return rows;
    }
  }
}

function isRefusal(answer: ApiAnswer | undefined): boolean {
  return answer !== undefined && answer.status < 500 && answer.status !== 429;
}
