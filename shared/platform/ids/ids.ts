import { randomBytes, randomUUID } from 'node:crypto';

/** Source of new identifiers; an input like the clock, so that tests can predict it. */
export interface Ids {
  /** A version 4 UUID in lower case (`stay-sidekick.md` §2.15). */
  uuid(): string;
  /** A prefixed, time-ordered id, e.g. `imp_01jd…`: sorts by creation, safe in keys and addresses. */
  next(prefix: string, now: Date): string;
}

const TIME_DIGITS = 9;

/** Time in base 36 (sortable until the year 5188) followed by 80 random bits. */
export const randomIds: Ids = {
  uuid: () => randomUUID(),
  next: (prefix, now) =>
    `${prefix}_${now.getTime().toString(36).padStart(TIME_DIGITS, '0')}${randomBytes(10).toString('hex')}`,
};

/** The instant at which {@link Ids.next} made an id; undefined for any other text. */
export function instantOfId(id: string): Date | undefined {
  const [, time] = /^[a-z]+_([0-9a-z]{9})[0-9a-f]{20}$/.exec(id) ?? [];
  return time === undefined ? undefined : new Date(Number.parseInt(time, 36));
}
