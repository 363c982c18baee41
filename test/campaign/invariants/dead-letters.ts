import type { Invariant } from './invariant.ts';

/** What was given up while things were broken went through once they were not: no dead letter stays dead. */
export const deadLetters: Invariant = {
  name: 'dead letters only of the outage',
  async check({ cloud, redriven }) {
    const left = await cloud.deadLetters();
    const redrivenInAll = [...redriven.values()].reduce((sum, count) => sum + count, 0);
    const note = [...redriven].map(([queue, count]) => `${queue.replace('stay-ops-local-', '')} ${count}`).join(', ');
    return {
      checked: redrivenInAll + left.length,
      breaches: left.map((body) => `still dead: ${body.slice(0, 160)}`),
      note: note === '' ? 'none' : `redriven: ${note}`,
    };
  },
};
