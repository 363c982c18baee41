import type { Invariant } from './invariant.ts';

/** Every 5xx has the documented shape, but the gateway's own for a call that ended half way. */
export const errorShapes: Invariant = {
  name: '5xx in the documented shape',
  async check({ answers }) {
    const failures = [...answers.statuses].filter(([status]) => status >= 500);
    return {
      checked: failures.reduce((sum, [, count]) => sum + count, 0),
      breaches: answers.misshapen,
      note: failures.map(([status, count]) => `${status}: ${count}`).join(', '),
    };
  },
};
