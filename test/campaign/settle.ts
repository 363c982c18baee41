import { type Message, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { lift } from './fault-plan.ts';
import type { World } from './world.ts';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const SWEEPER = 'stay-ops-local-outbox-sweeper';
const HIDDEN_MS = 2 * HOUR_S * 1_000;
const DEAD = '-dlq';
/** Still on the service day of the load. */
const FIRST_STEPS_S = [3, 5, 10, 15, 20].map((minutes) => minutes * MINUTE_S);
/** The retries of webhooks (`aristay.md` §8). */
const LATER_STEPS_S = [1, 2.5, 6, 12, 12, 20].map((hours) => hours * HOUR_S);

/** Messages that were dead and were sent on their way once more, by queue. */
export type Redriven = ReadonlyMap<string, number>;

/**
 * Everything works, and time passes until nothing is left to do: what an operator sees after an outage. Dead letters are
 * redriven, as the runbook says.
 */
export async function settle(world: World): Promise<Redriven> {
  await lift(world);
  const redriven = new Map<string, number>();
  for (const seconds of FIRST_STEPS_S) {
    await later(world, seconds);
    await redrive(world, redriven);
    await world.cloud.runLateCheckin();
  }
  for (const seconds of LATER_STEPS_S) {
    await later(world, seconds);
    await redrive(world, redriven);
  }
  return redriven;
}

async function later({ cloud }: World, seconds: number): Promise<void> {
  await cloud.passTime(seconds);
  // Longer than any message stays hidden whose receipt, or whose deletion, nobody heard of.
  cloud.cloud.advanceQueues(HIDDEN_MS);
  await cloud.cloud.drain();
  await cloud.cloud.runSchedule(SWEEPER);
  await cloud.cloud.drain();
}

async function redrive({ cloud }: World, redriven: Map<string, number>): Promise<void> {
  const { queues } = cloud.cloud.info;
  for (const [name, url] of Object.entries(queues)) {
    if (!name.endsWith(DEAD)) continue;
    const source = name.slice(0, -DEAD.length);
    for (const { Body = '' } of await take(url)) {
      redriven.set(source, (redriven.get(source) ?? 0) + 1);
      const queue = queues[source];
      if (queue === undefined) await cloud.cloud.invoke(source, eventOf(Body));
      else await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: queue, MessageBody: Body }));
    }
  }
  await cloud.cloud.drain();
}

/** The event of an asynchronous call that was given up, as it is or within the record of its failure. */
function eventOf(body: string): unknown {
  const parsed = JSON.parse(body) as { readonly requestPayload?: unknown };
  return parsed.requestPayload ?? parsed;
}

async function take(QueueUrl: string): Promise<readonly Message[]> {
  const taken: Message[] = [];
  const sqs = new SQSClient({});
  for (;;) {
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 });
    const { Messages = [] } = await sqs.send(receive);
    taken.push(...Messages);
    if (Messages.length === 0) return taken;
  }
}
