import { setTimeout as delay } from 'node:timers/promises';
import { eventWriter } from '../support/event-writer.ts';
import { PASSWORD } from '../support/given.ts';
import { bookingCreated } from '../support/sample-events.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { type Bench, rounded } from './figure.ts';

const EVENTS_PER_SECOND = 50;
const SECONDS = 20;
const WRITERS = 50;
const LONGEST_WAIT_MS = 60_000;

/** From the commit of an event to the receiver having it, and what a burst of commits of one company takes. */
export const webhooksBench: Bench = {
  topic: 'webhooks',
  async measure() {
    const cloud = await startTestCloud();
    const receiver = await startWebhookReceiver();
    try {
      const burst = await commitsAtOnce(cloud);
      const { waits, refused } = await deliveries(cloud, receiver);
      const share = (part: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * part))] ?? Number.NaN;
      const lost = EVENTS_PER_SECOND * SECONDS - waits.length + refused + burst.refused;
      return [
        { name: 'event to receiver, 50 events/s, p95', value: rounded(share(0.95)), unit: 's', target: '<= 5' },
        { name: 'event to receiver, 50 events/s, longest', value: rounded(share(1)), unit: 's' },
        { name: 'events refused or not delivered', value: lost, unit: 'events', target: '0' },
        { name: '50 commits of a company at once, slowest', value: rounded(burst.slowest), unit: 's' },
      ];
    } finally {
      await receiver.close();
      await cloud.close();
    }
  },
};

/**
 * Seconds that each event took, sorted. Writers, worker, table, queue and receiver share this process: what they take
 * from each other counts.
 */
async function deliveries(cloud: TestCloud, receiver: WebhookReceiver) {
  const company = await cloud.given.aCompany();
  const { email } = await cloud.given.aUser(company);
  const admin = await cloud.client.signIn(email, PASSWORD);
  await admin.call('POST', '/api/webhooks/endpoints/', { body: { url: receiver.url, event_types: ['*'] } });
  const { sent, refused } = await steadyEvents(cloud, company.id);
  const until = performance.now() + LONGEST_WAIT_MS;
  while (receiver.received.length < sent.size && performance.now() < until) await delay(100);
  const waits = receiver.received.flatMap(({ body, at }) => {
    const start = sent.get(JSON.parse(body).data.booking.id);
    return start === undefined ? [] : [(at - start) / 1000];
  });
  return { waits: waits.sort((a, b) => a - b), refused };
}

/** Events at their rate, each from a writer of its own; answers when each was begun. */
async function steadyEvents(cloud: TestCloud, companyId: string) {
  const writers = Array.from({ length: 10 }, () => eventWriter(cloud, companyId));
  const sent = new Map<number, number>();
  let refused = 0;
  const start = performance.now();
  const under: Promise<void>[] = [];
  for (let id = 1; id <= EVENTS_PER_SECOND * SECONDS; id += 1) {
    await delay(Math.max(0, start + (id * 1000) / EVENTS_PER_SECOND - performance.now()));
    sent.set(id, performance.now());
    const commit = writers[id % writers.length]?.commit([bookingCreated(id)]) ?? Promise.resolve();
    under.push(
      commit.catch(() => {
        refused += 1;
      }),
    );
  }
  await Promise.all(under);
  return { sent, refused };
}

async function commitsAtOnce(cloud: TestCloud) {
  const { id } = await cloud.given.aCompany();
  const writers = Array.from({ length: WRITERS }, () => eventWriter(cloud, id));
  await writers[0]?.commit([bookingCreated(1)]);
  const start = performance.now();
  const outcomes = await Promise.allSettled(
    writers.map(async (writer, at) => {
      await writer.commit([bookingCreated(at + 2)]);
      return (performance.now() - start) / 1000;
    }),
  );
  const times = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  return { slowest: Math.max(...times), refused: outcomes.length - times.length };
}
