import type { Invariant } from './invariant.ts';

/** A form that was acknowledged reaches the operator. */
export const forms: Invariant = {
  name: 'forms reach the operator',
  async check({ cloud, ledger }) {
    const posted = JSON.stringify(cloud.cloud.partners.find(({ name }) => name === 'discord')?.data?.get());
    const entries = ledger.entries('form').filter(({ acknowledged }) => acknowledged > 0);
    const lost = entries.filter(({ marker }) => !new RegExp(`${marker}\\b`).test(posted));
    return {
      checked: entries.length,
      breaches: lost.map(({ marker }) => `${marker} was acknowledged and never arrived`),
    };
  },
};
