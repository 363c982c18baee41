import { keyFingerprint } from '../../../infra/local/partners/recorded-calls.ts';
import { Pushed } from '../../support/pushed.ts';
import { allRows } from '../../support/table-rows.ts';
import type { Invariant, Quiet } from './invariant.ts';

/** Nothing of one company in an answer, a row, a mail, a card, a device, an address book or a webhook of another. */
export const isolation: Invariant = {
  name: 'nothing of one company at another',
  async check(world) {
    const seen = [...(await rowsOf(world)), ...outside(world)];
    const strangers = seen.flatMap(({ owner, text, where }) =>
      world.tenants
        .filter(({ at, canary }) => at !== owner && text.includes(canary))
        .map(({ at }) => `${where} of company ${owner} names company ${at}`),
    );
    return {
      checked: world.answers.total + seen.length,
      breaches: [...world.answers.leaks, ...strangers, ...foreignKeys(world)],
      note: `${world.answers.total} answers, ${seen.length} rows, mails, cards, pushes, contacts and webhooks`,
    };
  },
};

interface Seen {
  readonly owner: number;
  readonly where: string;
  readonly text: string;
}

async function rowsOf({ cloud, tenants }: Quiet): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for await (const { pk, sk, text } of allRows(cloud.table.name)) {
    const owner = tenants.find(({ company }) => pk.startsWith(`T#${company.id}#`));
    if (owner !== undefined) seen.push({ owner: owner.at, where: `row ${sk}`, text });
  }
  return seen;
}

/** What left the platform, by whom it was meant for. */
function outside({ cloud, tenants, google, receiver }: Quiet): readonly Seen[] {
  const discord = cloud.cloud.partners.find(({ name }) => name === 'discord')?.data?.get();
  const { posted } = discord as { readonly posted: readonly { readonly webhook: string }[] };
  const pushed = new Pushed(cloud).all();
  return tenants.flatMap((tenant): readonly Seen[] => {
    const { at: owner, canary, company, googleAccount, discordToken } = tenant;
    const mails = cloud.mails().filter(({ to }) => to.includes(company.email) || to.includes(`@${canary}.`));
    const cards = posted.filter(({ webhook }) => webhook === discordToken);
    const pushes = pushed.filter(({ token }) => token.endsWith(`-${canary}`));
    const calls = receiver.received.filter(({ path }) => path.endsWith(`/hooks-${canary}`));
    return [
      ...mails.map((mail) => ({ owner, where: 'a mail', text: JSON.stringify(mail) })),
      ...cards.map((card) => ({ owner, where: 'a card', text: JSON.stringify(card) })),
      ...pushes.map((push) => ({ owner, where: 'a device', text: JSON.stringify(push) })),
      ...google.contacts(googleAccount).map((row) => ({ owner, where: 'a contact', text: JSON.stringify(row) })),
      ...calls.map(({ body }) => ({ owner, where: 'a webhook', text: body })),
    ];
  });
}

/** The AI service saw the keys of companies that asked for drafts, and the platform's. */
function foreignKeys({ cloud, tenants, ledger }: Quiet): readonly string[] {
  const drafted = new Set(ledger.entries('draft').map(({ tenant }) => tenant));
  const keys = tenants.filter(({ at }) => drafted.has(at)).map(({ aiKey }) => aiKey ?? 'to-be-set-by-the-operator');
  const known = new Set(keys.map(keyFingerprint));
  const calls = cloud.cloud.partners.find(({ name }) => name === 'gemini')?.recorded() ?? [];
  return calls.filter(({ key }) => key === null || !known.has(key)).map(({ path }) => `a key of nobody at ${path}`);
}
