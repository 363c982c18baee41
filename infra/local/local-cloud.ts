import type { FaultSwitch } from './aws-json/faults.ts';
import { arrivalsDesk } from './control/arrivals-desk.ts';
import { createControl, isControlPath } from './control/control-server.ts';
import { type ControlledCloud, UnknownSchedule } from './control/controlled-cloud.ts';
import type { DynamoDb } from './dynamodb/dynamodb.ts';
import { type CloudServices, resetServices } from './host/cloud-services.ts';
import { lockDataDirectory } from './host/data-lock.ts';
import { bindFrontDoor } from './host/front-door.ts';
import { createGateway } from './host/gateway.ts';
import { localInfo } from './local-info.ts';
import { type LocalParts, type PartsOptions, startParts } from './local-parts.ts';
import type { Outbox } from './outbox/outbox.ts';

export interface LocalCloudOptions extends PartsOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /**
   * Makes the world that people find, at the start and after each reset, and tells it line by line. Calls from outside
   * wait for it, so it cannot call the address itself.
   */
  readonly seed?: (cloud: LocalCloud) => Promise<readonly string[]>;
}

/** The whole system in this process, with what tests and people need to steer it. */
export interface LocalCloud extends ControlledCloud {
  readonly outbox: Outbox;
  readonly faults: {
    readonly dynamodb: DynamoDb['faults'];
    readonly s3: FaultSwitch;
    readonly kms: FaultSwitch;
    readonly sqs: FaultSwitch;
    readonly secretsManager: FaultSwitch;
    readonly sts: FaultSwitch;
  };
  /** What the table would bill. */
  readonly meter: DynamoDb['meter'];
  /** Calls a function with an event as AWS would, and answers what it answers. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Resolves when no event, message or asynchronous call is under way. Messages that wait for another try don't count. */
  drain(): Promise<void>;
  /** Lets time pass for the queues alone, so that a message that waits for its next try gets it. */
  advanceQueues(milliseconds: number): void;
  close(): Promise<void>;
}

let running = false;

/**
 * Synthesises the app, brings what the template names to life in this process and serves the API. One at a time: the
 * functions find their services through the environment, of which a process has one.
 *
 * @throws TemplateError when the template needs what the local cloud cannot give; DataDirectoryInUse; the system's
 * error with code `EADDRINUSE` when the port is taken
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  if (running) throw new Error('A local cloud runs in this process already: close it first.');
  running = true;
  const held = new AsyncDisposableStack();
  held.defer(() => {
    running = false;
  });
  try {
    return await start(options, held);
  } catch (error) {
    await held.disposeAsync();
    throw error;
  }
}

async function start(options: LocalCloudOptions, held: AsyncDisposableStack): Promise<LocalCloud> {
  const door = await bindFrontDoor(options.port);
  held.defer(() => door.close());
  if (options.dataDirectory !== undefined) held.defer(await lockDataDirectory(options.dataDirectory));
  const parts = await startParts({ ...options, address: door.address }, held);
  const { system, place, clock, host } = parts;
  const cloud = compose(options, parts, { address: door.address, close: () => held.disposeAsync() });
  await cloud.tell();

  const identity = { account: place.account, region: place.region, apiId: system.api?.id ?? '', now: clock.now };
  const gateway = createGateway({ routes: system.api?.routes ?? [], identity, invoke: host.invoke });
  const control = createControl(cloud);
  door.open((request, response) => (isControlPath(request.url ?? '') ? control : gateway)(request, response));
  // Once more and last, so that calls under way end while everything still runs.
  held.defer(() => door.close());
  return cloud;
}

/** The parts as one; `tell` makes the world anew and takes down its story. */
function compose(
  options: LocalCloudOptions,
  parts: LocalParts,
  { address, close }: { address: string; close: () => Promise<void> },
): LocalCloud & { tell(): Promise<void> } {
  const { clock, system, services, outbox, partners, host, delivery } = parts;
  const info = localInfo(system, { ...parts, endpoints: services.endpoints });
  let story: readonly string[] = [];

  async function setClock(instant: Date | undefined): Promise<void> {
    clock.set(instant);
    delivery.scheduler.clockMoved();
    services.s3?.sweep();
    await services.dynamodb?.deleteExpired();
  }

  const cloud = {
    ...arrivalsDesk(info.table, info.buckets.arrivals),
    address,
    info,
    get story() {
      return story;
    },
    outbox,
    partners,
    faults: faultsOf(services),
    get meter() {
      return here(services.dynamodb).meter;
    },
    now: clock.now,
    setClock,
    nextRuns: delivery.scheduler.nextRuns,
    async runSchedule(name: string) {
      const schedule = delivery.scheduler.find(name);
      if (schedule === undefined) throw new UnknownSchedule(`There is no schedule ${name}.`);
      return { name: schedule.name, result: await delivery.runNow(schedule) };
    },
    invoke: host.invoke,
    drain: delivery.drain,
    advanceQueues: (milliseconds: number) => services.sqs?.advance(milliseconds),
    async tell() {
      story = (await options.seed?.(cloud)) ?? [];
    },
    async reset() {
      // What still runs belongs to the old world; if it does not end, it meets the new one.
      await delivery.drain().catch(() => undefined);
      await resetServices(services, system);
      outbox.clear();
      for (const partner of partners) partner.reset();
      await setClock(options.clock);
      await host.reload();
      await cloud.tell();
    },
    close,
  };
  return cloud;
}

function here<T>(service: T | undefined): T {
  if (service === undefined) throw new Error('This service runs elsewhere: its faults and counts are not ours.');
  return service;
}

function faultsOf(services: CloudServices): LocalCloud['faults'] {
  return {
    get dynamodb() {
      return here(services.dynamodb).faults;
    },
    get s3() {
      return here(services.s3).faults;
    },
    get kms() {
      return here(services.kms).faults;
    },
    get sqs() {
      return here(services.sqs).faults;
    },
    get sts() {
      return here(services.sts).faults;
    },
    get secretsManager() {
      return here(services.secretsManager).faults;
    },
  };
}
