import { randomUUID } from 'node:crypto';
import type { Message } from './message.ts';
import type { QueueJournal } from './queue-journal.ts';
import { createReceivers } from './receivers.ts';

/** Settings of a queue; times in seconds. */
export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly maximumMessageBytes: number;
  readonly redrive: { readonly deadLetterQueueName: string; readonly maxReceiveCount: number } | undefined;
}

export interface ReceiveRequest {
  /** 1 to 10. */
  readonly max: number;
  readonly waitSeconds: number;
  readonly visibilitySeconds: number;
  readonly signal: AbortSignal;
}

/** The outcome of a change that names a receipt. */
export type ReceiptOutcome = 'done' | 'unknown' | 'stale' | 'visible';

/** A standard queue. Every step is synchronous, so two receivers never get the same message. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly settings: QueueSettings;
  readonly createdAt: number;
  send(message: Pick<Message, 'body' | 'attributes' | 'traceHeader'>, delaySeconds: number | undefined): Message;
  /** Takes over a message of another queue. */
  adopt(message: Message): void;
  /** Answers as soon as there is a message, with nothing when the time is over or the caller gone. */
  receive(request: ReceiveRequest): Promise<readonly Message[]>;
  remove(id: string, receipt: string): ReceiptOutcome;
  /** Hides the message for so many seconds from now. */
  hide(id: string, receipt: string, seconds: number): ReceiptOutcome;
  counts(): { readonly visible: number; readonly inFlight: number; readonly delayed: number };
  /** Looks again at what is due: after the clock was moved. */
  wake(): void;
  clear(): void;
  close(): void;
}

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  readonly settings: QueueSettings;
  readonly journal: QueueJournal;
  /** Milliseconds. */
  readonly now: () => number;
  /** Where messages go that were received too often; undefined when that queue is not there. */
  readonly findQueue: (name: string) => Queue | undefined;
}

export function createQueue(options: QueueOptions): Queue {
  const { name, arn, settings, journal, now } = options;
  const shelf = createShelf(options);
  const receivers = createReceivers({ take: shelf.take, nextDue: shelf.nextDue, now });

  function put(message: Message): Message {
    shelf.store(message);
    receivers.serve();
    return message;
  }

  function withReceipt(id: string, receipt: string, change: (message: Message) => void): ReceiptOutcome {
    const message = shelf.messages.get(id);
    if (message === undefined) return 'unknown';
    if (message.receipt !== receipt) return 'stale';
    change(message);
    return 'done';
  }

  return {
    name,
    arn,
    settings,
    createdAt: now(),
    send: (sent, delaySeconds = settings.delaySeconds) => put(newMessage(sent, now(), delaySeconds)),
    adopt: (message) => {
      put({ ...message, receiveCount: 0, firstReceivedAt: undefined, receipt: undefined, visibleAt: now() });
    },
    receive: (request) => receivers.receive(request),
    remove: (id, receipt) => withReceipt(id, receipt, () => shelf.drop(id)),
    hide: (id, receipt, seconds) => {
      const message = shelf.messages.get(id);
      if (message !== undefined && message.visibleAt <= now()) return 'visible';
      return withReceipt(id, receipt, (found) => put({ ...found, visibleAt: now() + seconds * 1000 }));
    },
    counts: () => count(shelf.messages.values(), now()),
    wake: () => receivers.serve(),
    clear: () => {
      shelf.messages.clear();
      journal.clear();
    },
    close: () => {
      receivers.close();
      journal.close();
    },
  };
}

/** The messages of a queue, in memory and in its journal. */
function createShelf({ arn, settings, journal, now, findQueue }: QueueOptions) {
  const messages = new Map(journal.messages.map((message) => [message.id, freed(message)]));

  function store(message: Message): Message {
    messages.set(message.id, message);
    journal.put(message);
    return message;
  }

  function drop(id: string): void {
    messages.delete(id);
    journal.gone(id);
  }

  function handOut(message: Message, time: number, visibilitySeconds: number): Message {
    return store({
      ...message,
      receiveCount: message.receiveCount + 1,
      firstReceivedAt: message.firstReceivedAt ?? time,
      visibleAt: time + visibilitySeconds * 1000,
      receipt: randomUUID(),
    });
  }

  function moveAway(message: Message): boolean {
    const { redrive } = settings;
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = findQueue(redrive.deadLetterQueueName);
    if (deadLetters === undefined) return false;
    deadLetters.adopt({ ...message, deadLetterSource: arn });
    drop(message.id);
    return true;
  }

  /** Takes up to `max` visible messages; on the way, the expired ones die and the exhausted ones move away. */
  function take(max: number, visibilitySeconds: number): Message[] {
    const time = now();
    const taken: Message[] = [];
    for (const message of messages.values()) {
      if (taken.length === max) break;
      if (message.sentAt + settings.retentionSeconds * 1000 <= time) drop(message.id);
      else if (message.visibleAt <= time && !moveAway(message)) taken.push(handOut(message, time, visibilitySeconds));
    }
    return taken;
  }

  function nextDue(): number | undefined {
    let due: number | undefined;
    for (const { visibleAt } of messages.values()) due = Math.min(due ?? visibleAt, visibleAt);
    return due;
  }

  return { messages, store, drop, take, nextDue };
}

/** Whoever held it ended with the earlier process: it need not wait for a timeout that nobody is under. */
function freed(message: Message): Message {
  return message.receiveCount === 0 ? message : { ...message, visibleAt: 0, receipt: undefined };
}

function newMessage(
  { body, attributes, traceHeader }: Pick<Message, 'body' | 'attributes' | 'traceHeader'>,
  sentAt: number,
  delaySeconds: number,
): Message {
  return {
    id: randomUUID(),
    body,
    attributes,
    traceHeader,
    sentAt,
    deadLetterSource: undefined,
    receiveCount: 0,
    firstReceivedAt: undefined,
    visibleAt: sentAt + delaySeconds * 1000,
    receipt: undefined,
  };
}

function count(messages: Iterable<Message>, time: number) {
  const counts = { visible: 0, inFlight: 0, delayed: 0 };
  for (const { visibleAt, receiveCount } of messages) {
    if (visibleAt <= time) counts.visible += 1;
    else if (receiveCount > 0) counts.inFlight += 1;
    else counts.delayed += 1;
  }
  return counts;
}
