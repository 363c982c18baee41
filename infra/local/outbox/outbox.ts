import { join } from 'node:path';
import * as z from 'zod';
import { readStateFile, writeStateFile } from '../aws-json/state-file.ts';

const storedMail = z.object({
  /** 1 for the first mail. */
  n: z.int().positive(),
  /** The provider's id of the message. */
  id: z.string(),
  /** When it was handed over, ISO 8601 in UTC, by the local clock. */
  date: z.string(),
  from: z.string(),
  to: z.string(),
  cc: z.string().optional(),
  bcc: z.string().optional(),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  /** Mail headers that were asked for (`h:…`), without the prefix. */
  headers: z.record(z.string(), z.string()),
  attachments: z.array(z.object({ name: z.string(), bytes: z.int().nonnegative() })),
});

/** A mail that the system has sent and nobody has delivered. */
export type OutgoingMail = z.infer<typeof storedMail>;

/** Keeps the mails that leave the system, so that a person can read them and none reaches anybody. */
export interface Outbox {
  add(mail: Omit<OutgoingMail, 'n'>): OutgoingMail;
  /** Newest first. */
  list(): readonly OutgoingMail[];
  find(n: number): OutgoingMail | undefined;
  clear(): void;
}

/** Opens the outbox with the mails of earlier runs; in memory only when `directory` is undefined. */
export function openOutbox(directory: string | undefined): Outbox {
  const file = directory === undefined ? undefined : join(directory, 'outbox.json');
  const mails: OutgoingMail[] = file === undefined ? [] : z.array(storedMail).parse(readStateFile(file) ?? []);
  const save = () => {
    if (file !== undefined) writeStateFile(file, mails);
  };
  return {
    add(mail) {
      const added = { n: (mails.at(-1)?.n ?? 0) + 1, ...mail };
      mails.push(added);
      save();
      return added;
    },
    list: () => mails.toReversed(),
    find: (n) => mails.find((mail) => mail.n === n),
    clear() {
      mails.length = 0;
      save();
    },
  };
}
