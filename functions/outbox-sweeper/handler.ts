import middy from '@middy/core';
import { listDueErasures } from '../../shared/domain/erasure/erasure.repository.ts';
import { listDueEntries } from '../../shared/domain/outbox/outbox.repository.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { eachLimit } from '../../shared/platform/concurrency/each-limit.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { QUEUE_NAMES, QUEUES, type QueueName } from '../../shared/platform/queue/queue-names.ts';
import { type WorkQueue, workQueue } from '../../shared/platform/queue/work-queue.ts';
import { outboxSweeperEnvironment } from './env.ts';

const env = readEnvironment(outboxSweeperEnvironment);
const table = new Table(documentClient(), env.TABLE_NAME);
const queues = Object.fromEntries(QUEUE_NAMES.map((name) => [name, workQueue(env[QUEUES[name]])]));
const queueOf = (name: QueueName) => queues[name] as WorkQueue;
const log = functionLog();
const PARALLEL_SENDS = 10;

/** Enqueues what its writer could not: after a crash between commit and send, or when the queue was away. */
export const handler = middy().handler(async () => {
  let enqueued = 0;
  await eachLimit(listDueEntries(table, systemClock.now()), PARALLEL_SENDS, async ({ empresaId, id, queue }) => {
    await queueOf(queue).send({ empresa_id: empresaId, outbox_id: id });
    enqueued += 1;
  });
  if (enqueued > 0) log.warn('OUTBOX_SWEPT', { enqueued });
  let erasures = 0;
  await eachLimit(listDueErasures(table, systemClock.now()), PARALLEL_SENDS, async (empresaId) => {
    await queueOf('work').send({ erasure_of: empresaId });
    erasures += 1;
  });
  // The last look at an erasure comes from here too, so this is no warning.
  if (erasures > 0) log.info('ERASURE_SWEPT', { erasures });
  return { enqueued, erasures };
});
