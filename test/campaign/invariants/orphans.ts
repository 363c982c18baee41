import type { Invariant } from './invariant.ts';

const SHOWN_FRAMES = 4;

/** Every failure is somebody's: one that nobody waits for ends the process of its function. */
export const orphans: Invariant = {
  name: 'no failure that nobody waits for',
  async check({ crashes, answers }) {
    const ours = (stack: string) => stack.split('\n').filter((line) => !line.includes('node_modules'));
    const breaches = crashes.orphans.map((stack) => ours(stack).slice(0, SHOWN_FRAMES).join(' '));
    return { checked: answers.total, breaches };
  },
};
