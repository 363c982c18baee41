import { setTimeout as pause } from 'node:timers/promises';
import { Actor, type Step } from './actor.ts';
import { strike } from './fault-plan.ts';
import { FILES } from './loads/files.ts';
import { MOVES } from './loads/moves.ts';
import { OFFLINE } from './loads/offline.ts';
import { PARTNERS } from './loads/partners.ts';
import { PEOPLE } from './loads/people.ts';
import { READING } from './loads/reads.ts';
import { THINGS } from './loads/things.ts';
import type { Random } from './random.ts';
import { ACTORS, type World } from './world.ts';

const STEPS: readonly Step[] = [...THINGS, ...MOVES, ...OFFLINE, ...FILES, ...PARTNERS, ...PEOPLE, ...READING];
const SCHEDULES = ['late-checkin', 'outbox-sweeper', 'upload-sweeper'] as const;
const FAULT_EVERY_MS = 100;
const SCHEDULE_EVERY_MS = 2_500;

/** How often each thing was done. */
export interface Load {
  readonly steps: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<string, number>;
}

/** All companies at work for some seconds, while things break. */
export async function runLoad(world: World, random: Random, seconds: number): Promise<Load> {
  const steps = new Map<string, number>();
  const faults = new Map<string, number>();
  const until = performance.now() + seconds * 1_000;
  const isOn = () => performance.now() < until;
  const actors = world.tenants.flatMap((tenant) =>
    Array.from({ length: ACTORS }, (_, seat) => {
      return new Actor(world, { tenant, seat, random: random.fork(`actor ${tenant.at} ${seat}`) });
    }),
  );
  await Promise.all([
    ...actors.map((actor) => work(actor, isOn, steps)),
    breakThings(world, random.fork('faults'), isOn, faults),
    fireSchedules(world, random.fork('schedules'), isOn),
  ]);
  return { steps, faults };
}

async function work(actor: Actor, isOn: () => boolean, done: Map<string, number>): Promise<void> {
  while (isOn()) {
    const step = actor.random.weighted(STEPS);
    await step.run(actor);
    done.set(step.name, (done.get(step.name) ?? 0) + 1);
  }
}

async function breakThings(
  world: World,
  random: Random,
  isOn: () => boolean,
  struck: Map<string, number>,
): Promise<void> {
  while (isOn()) {
    const { name } = await strike(world, random);
    struck.set(name, (struck.get(name) ?? 0) + 1);
    await pause(FAULT_EVERY_MS * (0.5 + random.next()));
  }
}

/** Schedules come when they come, sometimes twice at once. */
async function fireSchedules({ cloud }: World, random: Random, isOn: () => boolean): Promise<void> {
  const running: Promise<unknown>[] = [];
  while (isOn()) {
    const name = `stay-ops-local-${random.pick(SCHEDULES)}`;
    const times = random.chance(0.3) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      running.push(cloud.cloud.runSchedule(name).catch(() => undefined));
    }
    await pause(SCHEDULE_EVERY_MS * random.next());
  }
  await Promise.all(running);
}
