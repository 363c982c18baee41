import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Message } from './message.ts';

/** One line of a journal: a message as it now stands, or the id of one that is gone. */
type Entry = { readonly put: Message } | { readonly gone: string };

/** Keeps a queue on disk, one line for each change, so that a restart loses no message. */
export interface QueueJournal {
  /** Messages an earlier run left, oldest first. */
  readonly messages: readonly Message[];
  put(message: Message): void;
  gone(id: string): void;
  clear(): void;
  close(): void;
}

/** Lines beyond which, being four times the messages there are, the file is written anew. */
const REWRITE_LINES = 2000;

export function createMemoryJournal(): QueueJournal {
  return { messages: [], put: () => undefined, gone: () => undefined, clear: () => undefined, close: () => undefined };
}

/** Opens a journal and writes it anew with what is still in it. */
export function openJournal(path: string): QueueJournal {
  mkdirSync(dirname(path), { recursive: true });
  const live = readJournal(path);
  const messages = [...live.values()];
  let lines = 0;
  let file = rewrite();

  function rewrite(): number {
    const draft = `${path}.draft`;
    const text = [...live.values()].map((put) => `${JSON.stringify({ put })}\n`).join('');
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, path);
    lines = live.size;
    return openSync(path, 'a');
  }

  function append(entry: Entry): void {
    writeSync(file, `${JSON.stringify(entry)}\n`);
    lines += 1;
    if (lines < REWRITE_LINES || lines < live.size * 4) return;
    closeSync(file);
    file = rewrite();
  }

  return {
    messages,
    put: (message) => {
      live.set(message.id, message);
      append({ put: message });
    },
    gone: (id) => {
      live.delete(id);
      append({ gone: id });
    },
    clear: () => {
      live.clear();
      closeSync(file);
      file = rewrite();
    },
    close: () => closeSync(file),
  };
}

function readJournal(path: string): Map<string, Message> {
  const live = new Map<string, Message>();
  for (const line of readLines(path)) {
    const entry = parse(line);
    // A crash can only tear the last line, which then was not answered for.
    if (entry === undefined) break;
    if ('put' in entry) live.set(entry.put.id, entry.put);
    else live.delete(entry.gone);
  }
  return live;
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function parse(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
