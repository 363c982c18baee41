import { type LocalCloud, startLocalCloud } from '../../infra/local/local-cloud.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { ApiClient } from './api-client.ts';
import { Given } from './given.ts';

/** The whole platform in memory, with what tests need around it. */
export interface TestCloud {
  readonly cloud: LocalCloud;
  readonly table: Table;
  readonly given: Given;
  /** Nobody's client; `signIn` makes somebody's. */
  readonly client: ApiClient;
  /** Moves every clock on by some seconds. */
  passTime(seconds: number): Promise<void>;
  /** Sets every clock. */
  setTime(instant: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts a local cloud on a free port, empty and in memory: the same one that `npm start` runs. */
export async function startTestCloud(options: { rateLimits?: boolean; clock?: string } = {}): Promise<TestCloud> {
  const cloud = await startLocalCloud({
    port: 0,
    dataDirectory: undefined,
    rateLimits: options.rateLimits ?? false,
    ...(options.clock !== undefined && { clock: new Date(options.clock) }),
    quiet: true,
  });
  const table = new Table(documentClient(), cloud.info.table);
  return {
    cloud,
    table,
    given: new Given(table),
    client: new ApiClient(cloud.address),
    passTime: (seconds) => cloud.setClock(new Date(cloud.now().getTime() + seconds * 1000)),
    setTime: (instant) => cloud.setClock(new Date(instant)),
    close: () => cloud.close(),
  };
}
