import middy from '@middy/core';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { uploadSweeperEnvironment } from './env.ts';
import { removeEndedUploads } from './operations/remove-ended-uploads.ts';

const env = readEnvironment(uploadSweeperEnvironment);
const store = objectStore(env.EXPORTS_BUCKET);
const log = functionLog();

export const handler = middy().handler(async () => {
  const removed = await removeEndedUploads({ store, now: systemClock.now() });
  if (removed > 0) log.info('UPLOADS_SWEPT', { removed });
  return { removed };
});
