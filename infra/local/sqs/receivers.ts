import type { Message } from './message.ts';
import type { ReceiveRequest } from './queue.ts';

interface WaitingReceiver {
  readonly request: ReceiveRequest;
  readonly answer: (messages: readonly Message[]) => void;
}

export interface ReceiversOptions {
  /** Takes visible messages out, marking them as handed out. */
  readonly take: (max: number, visibilitySeconds: number) => readonly Message[];
  /** When the next message becomes visible, in milliseconds. */
  readonly nextDue: () => number | undefined;
  readonly now: () => number;
}

/** The long polls on one queue: first come, first served, each answered once. */
export interface Receivers {
  receive(request: ReceiveRequest): Promise<readonly Message[]>;
  /** Hands out what is visible now, and sleeps until the next message is due. */
  serve(): void;
  /** Sends everyone home with nothing. */
  close(): void;
}

/** A timer may fire this much early; waking a little late is harmless. */
const TIMER_SLACK_MS = 1;
/** Longer sleeps than this overflow the timer; the queue just looks again. */
const MAX_SLEEP_MS = 60_000;

export function createReceivers({ take, nextDue, now }: ReceiversOptions): Receivers {
  const waiting: WaitingReceiver[] = [];
  let alarm: NodeJS.Timeout | undefined;

  function serve(): void {
    clearTimeout(alarm);
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      const messages = take(first.request.max, first.request.visibilitySeconds);
      if (messages.length === 0) break;
      first.answer(messages);
    }
    const due = waiting.length === 0 ? undefined : nextDue();
    if (due !== undefined) {
      alarm = setTimeout(serve, Math.min(Math.max(0, due - now()) + TIMER_SLACK_MS, MAX_SLEEP_MS));
    }
  }

  function wait(request: ReceiveRequest): Promise<readonly Message[]> {
    return new Promise((resolve) => {
      const leave = () => receiver.answer([]);
      const timer = setTimeout(leave, request.waitSeconds * 1000);
      const receiver: WaitingReceiver = {
        request,
        answer: (messages) => {
          waiting.splice(waiting.indexOf(receiver), 1);
          clearTimeout(timer);
          request.signal.removeEventListener('abort', leave);
          resolve(messages);
        },
      };
      waiting.push(receiver);
      request.signal.addEventListener('abort', leave);
      serve();
    });
  }

  return {
    receive: async (request) => {
      const messages = take(request.max, request.visibilitySeconds);
      if (messages.length > 0 || request.waitSeconds === 0 || request.signal.aborted) return messages;
      return wait(request);
    },
    serve,
    close: () => {
      clearTimeout(alarm);
      for (const receiver of [...waiting]) receiver.answer([]);
    },
  };
}
