import type { TestCloud } from './test-cloud.ts';

/** Requests to the table for one call on a warm function and authorizer. */
export async function requestsOf(cloud: TestCloud, call: () => Promise<unknown>): Promise<number> {
  await call();
  const { dynamodb } = cloud.cloud.faults;
  await dynamodb.resetCounts();
  await call();
  return Object.values(await dynamodb.counts()).reduce((sum, count) => sum + count, 0);
}
