export interface RetryOptions {
  /** Tries in all, the first included. */
  readonly tries?: number;
  /** Longest wait that is taken on, in seconds; a longer `Retry-After` is answered as it came. */
  readonly longestWait?: number;
  /** Waits some milliseconds; a test need not. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export type Transport = (request: Request) => Promise<Response>;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const READS = ['GET', 'HEAD', 'OPTIONS'];
const BUSY = [429, 503];

/** A call that may be made twice: it changes nothing, or the API knows a repeat by its key. */
function isRepeatable(request: Request): boolean {
  return READS.includes(request.method) || request.headers.has('x-idempotency-key');
}

/**
 * `fetch` that tries again what was answered 429 or 503 with a `Retry-After`, and what may be repeated after a broken
 * connection too (RFC 9110 §10.2.3). A 429 was not carried out, so that any call may follow it.
 */
export function retrying({ tries = 4, longestWait = 30, wait = pause }: RetryOptions): Transport {
  async function attempt(request: Request, left: number, delay: number): Promise<Response> {
    const again = async (milliseconds: number) => {
      await wait(milliseconds);
      return attempt(request, left - 1, delay * 2);
    };
    let answer: Response;
    try {
      answer = await fetch(request.clone());
    } catch (error) {
      if (left <= 1 || request.signal.aborted || !isRepeatable(request)) throw error;
      return again(delay);
    }
    if (left <= 1 || !BUSY.includes(answer.status)) return answer;
    if (answer.status === 503 && !isRepeatable(request)) return answer;
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    if (!(seconds <= longestWait)) return answer;
    await answer.body?.cancel();
    return again(seconds * 1_000);
  }
  return (request) => attempt(request, tries, 250);
}
