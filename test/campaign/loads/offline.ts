import type { Actor, Step, Thing } from '../actor.ts';
import type { Entry } from '../ledger.ts';

/** Tasks of this type have a checklist, whose first item asks for a text. */
export const CHORE_TYPE = 'inspection';
/** A response's id is its task's with the item's place behind it (`shared/domain/checklist/checklist.ts`). */
const firstItemOf = ({ id }: Thing) => Number(id) * 1_000 + 1;

/** One thing that a device did while it was offline, under a key and a time of its own. */
function made({ world }: Actor, key: string) {
  return { key, at: world.cloud.cloud.now().toISOString() };
}

/** A task that a device made: named by the device's own key, so that it is made once. */
async function makeChore(actor: Actor): Promise<void> {
  const entry = actor.open('chore');
  const operation = { kind: 'create_task', title: actor.text(entry, 'v1'), task_type: CHORE_TYPE };
  const { outcome, answer } = await actor.replay({ ...made(actor, entry.marker), ...operation });
  entry.settle(outcome, 'v1');
  if (outcome === 'done' && answer !== undefined) actor.keep(entry, String(answer.body.id));
}

/** The answer to the first item of a chore: of several the one that was given last stands. */
function answerTo(actor: Actor, { entry: chore }: Thing): Entry {
  const marker = chore.marker.replace('chore', 'answer');
  const { ledger } = actor.world;
  return ledger.entries('answer').find((entry) => entry.marker === marker) ?? actor.open('answer', marker);
}

async function answerItem(actor: Actor): Promise<void> {
  const chore = actor.some('chore');
  if (chore === undefined) return;
  const entry = answerTo(actor, chore);
  const state = `v${actor.random.between(2, 9)}`;
  const key = actor.world.ledger.marker('operation');
  const answer = { kind: 'answer_item', response: firstItemOf(chore), text_response: actor.text(entry, state) };
  const { outcome } = await actor.replay({ ...made(actor, key), ...answer, is_completed: true });
  entry.settle(outcome, state);
}

/** What staff do without a connection, told when there is one. */
export const OFFLINE: readonly Step[] = [
  { name: 'make chore offline', weight: 1.5, run: makeChore },
  { name: 'answer item offline', weight: 3, run: answerItem },
];
