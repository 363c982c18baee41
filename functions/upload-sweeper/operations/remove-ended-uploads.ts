import type { ObjectStore } from '../../../shared/platform/storage/object-store.ts';
import { STAGED_PREFIX, stagedUntil } from '../../../shared/platform/upload/uploads.ts';

interface Deps {
  readonly store: Pick<ObjectStore, 'listFirst' | 'removeMany'>;
  readonly now: Date;
}

/** Deletes every staged file whose hour is over, and what lies among them under a name of nobody; answers how many. */
export async function removeEndedUploads({ store, now }: Deps): Promise<number> {
  let removed = 0;
  let keys = await store.listFirst(STAGED_PREFIX);
  for (let last = keys.at(-1); last !== undefined; last = keys.at(-1)) {
    const ended = keys.filter((key) => hasEnded(key, now));
    await store.removeMany(ended);
    removed += ended.length;
    keys = await store.listFirst(STAGED_PREFIX, last);
  }
  return removed;
}

function hasEnded(key: string, now: Date): boolean {
  const until = stagedUntil(key.slice(key.lastIndexOf('/') + 1));
  return until === undefined || until <= now;
}
