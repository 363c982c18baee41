import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChecklistTemplate,
  checklistFrom,
  ITEM_TYPES,
  type StoredChecklist,
} from '../../../shared/domain/checklist/checklist.ts';
import { answerItem, answerItemLate, type ItemAnswer } from '../../../shared/domain/task/answer-item.ts';
import { editedLate, standingFields, withLateMove } from '../../../shared/domain/task/edit-late.ts';
import { type LateChange, lateStamp } from '../../../shared/domain/task/stamp.ts';
import type { TaskWithChecklist } from '../../../shared/domain/task/task.repository.ts';
import { createTask, TASK_STATUSES, type Task, type TaskStatus } from '../../../shared/domain/task/task.ts';
import { editedTask } from '../../../shared/domain/task/task-edit.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const CREATED = '2026-06-01T06:00:00Z';
/** Every kind of item, and a second blocking one. */
const TYPES = [...ITEM_TYPES, 'blocking'] as const;

function aScene(): TaskWithChecklist & { readonly checklist: StoredChecklist } {
  const items = TYPES.map((item_type, at) => {
    const words = { title: `Item ${at}`, description: '', room_type: '' };
    return { id: at + 1, item_type, is_required: true, order: at, ...words };
  });
  const stamps = { created_at: CREATED, created_by: null };
  const template: ChecklistTemplate = {
    id: 1,
    name: 'Turnover',
    task_type: 'cleaning',
    description: '',
    is_active: true,
    items,
    ...stamps,
  };
  const checklist = checklistFrom(template, 1);
  if (checklist === undefined) throw new Error('The template fits no task');
  return { task: createTask({ id: 1, title: 'T', ...stamps, updated_at: CREATED, modified_by: null }), checklist };
}

type What =
  | { readonly kind: 'answer'; readonly item: number; readonly answer: ItemAnswer }
  | { readonly kind: 'move'; readonly to: TaskStatus; readonly managing: boolean }
  | { readonly kind: 'edit'; readonly edit: Partial<Pick<Task, 'notes' | 'description'>> };
interface Operation {
  readonly what: What;
  readonly late: LateChange;
}

function perform(scene: TaskWithChecklist, { what, late }: Operation): TaskWithChecklist {
  const at = { late, now: NOW };
  switch (what.kind) {
    case 'answer': {
      const result = answerItemLate(scene, 1_000 + what.item, what.answer, at);
      if (result.kind !== 'changed') return scene;
      return { task: result.change.task, checklist: result.change.checklist?.wanted ?? scene.checklist };
    }
    case 'move':
      return { ...scene, task: withLateMove(scene, what.to, { ...at, managing: what.managing }).task };
    case 'edit': {
      const asked = standingFields(scene.task, what.edit, lateStamp(late));
      return { ...scene, task: editedLate(scene.task, { asked, edit: asked }, at) };
    }
  }
}

/** What has to be the same whatever the order; when the platform came to know of it is not. */
function stateOf({ task, checklist }: TaskWithChecklist) {
  const { updated_at: _, modified_by: __, ...rest } = task;
  return { task: rest, responses: checklist?.responses };
}

const item = fc.integer({ min: 1, max: TYPES.length });
const text = fc.constantFrom('', 'a', 'b');
const what: fc.Arbitrary<What> = fc
  .oneof(
    { weight: 4, arbitrary: fc.record({ item, answer: fc.record({ is_completed: fc.boolean() }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        item,
        answer: fc.record(
          {
            is_completed: fc.boolean(),
            text_response: text,
            number_response: fc.constantFrom(null, '1.00', '2.00'),
            notes: text,
          },
          { requiredKeys: [] },
        ),
      }),
    },
  )
  .map(({ item: of, answer }): What => ({ kind: 'answer', item: of, answer }));
const move = fc
  .record({ to: fc.constantFrom(...TASK_STATUSES), managing: fc.boolean() })
  .map(({ to, managing }): What => ({ kind: 'move', to, managing }));
const edit = fc
  .record({ notes: text, description: text }, { requiredKeys: [] })
  .map((fields): What => ({ kind: 'edit', edit: fields }));

/** Few instants, so that many things happen in the same millisecond. */
const operations = fc
  .array(
    fc.record({
      what: fc.oneof({ weight: 3, arbitrary: what }, { weight: 2, arbitrary: move }, { weight: 1, arbitrary: edit }),
      device: fc.integer({ min: 1, max: 3 }),
      minute: fc.integer({ min: 0, max: 12 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((made) =>
    made.map(({ what: done, device, minute }, at): Operation => {
      const instant = `2026-06-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
      return { what: done, late: { by: device, at: instant, key: `key-${at}` } };
    }),
  );

/** The same operations, some of them twice, in an order of its own. */
function inSomeOrder(made: readonly Operation[]): fc.Arbitrary<readonly Operation[]> {
  return fc
    .shuffledSubarray([...made], { minLength: 0, maxLength: made.length })
    .chain((again) => fc.shuffledSubarray([...made, ...again], { minLength: made.length + again.length }));
}

describe('what devices tell late', () => {
  it('comes to the same whatever the order in which it arrives, and however often', () => {
    const cases = operations.chain((made) => fc.tuple(inSomeOrder(made), inSomeOrder(made)));
    void fc.assert(
      fc.property(cases, ([one, other]) => {
        const state = (order: readonly Operation[]) => stateOf(order.reduce(perform, aScene()));
        expect(state(one)).toEqual(state(other));
      }),
      { numRuns: 1_500 },
    );
  });

  it('loses no tick: each item is as the last tick of it wants, as soon as nothing is lacking', () => {
    void fc.assert(
      fc.property(operations.chain(inSomeOrder), (order) => {
        const { checklist } = order.reduce(perform, aScene());
        for (const response of checklist?.responses ?? []) {
          if (!['check', 'blocking', 'photo_optional'].includes(response.item.item_type)) continue;
          const ticks = order.flatMap(({ what: done, late }) =>
            done.kind === 'answer' && done.item === response.item.id && done.answer.is_completed !== undefined
              ? [{ at: late.at, completed: done.answer.is_completed }]
              : [],
          );
          const last = ticks
            .map(({ at }) => at)
            .sort()
            .at(-1);
          const wanted = ticks.some(({ at, completed }) => at === last && completed);
          expect(response.is_completed).toBe(wanted);
        }
      }),
      { numRuns: 500 },
    );
  });

  const late = (minute: number, key = `key-${minute}`): LateChange => ({
    by: 41,
    at: `2026-06-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
    key,
  });
  const tick = (minute: number, of: number, is_completed = true): Operation => ({
    what: { kind: 'answer', item: of, answer: { is_completed } },
    late: late(minute),
  });
  const moving = (minute: number, to: TaskStatus, managing = false): Operation => ({
    what: { kind: 'move', to, managing },
    late: late(minute, `move-${minute}`),
  });
  const [BLOCKING, SECOND_BLOCKING] = [TYPES.indexOf('blocking') + 1, TYPES.length];

  it('completes a task for the time at which its blocking items were done, whoever told first', () => {
    const ticks = [tick(1, BLOCKING), tick(2, SECOND_BLOCKING)];
    const told = [moving(3, 'completed'), ...ticks].reduce(perform, aScene());
    expect(told.task).toMatchObject({ status: 'completed', completed_at: '2026-06-01T10:03:00Z' });
    // Undone later, it stays completed; undone before, it never was.
    expect([tick(4, BLOCKING, false)].reduce(perform, told).task.status).toBe('completed');
    const { task, outcome } = withLateMove(aScene(), 'completed', { late: late(3), now: NOW, managing: true });
    expect([task.status, outcome]).toEqual(['pending', 'held']);
  });

  it('does not undo what was done later, by hand or by the platform itself', () => {
    const scene = aScene();
    const done = answerItem(scene, 1_001, { is_completed: true }, { by: 7, now: NOW });
    if (done.kind !== 'changed') throw new Error('The item was not ticked');
    const task = editedTask(done.change.task, { status: 'canceled', notes: 'Off' }, { by: 7, now: NOW });
    const seen = { task, checklist: done.change.checklist?.wanted };
    const earlier = [
      tick(9, 1, false),
      moving(9, 'completed'),
      { what: { kind: 'edit', edit: { notes: 'On' } }, late: late(9) } as const,
    ].reduce(perform, seen);
    expect(earlier.task).toMatchObject({ status: 'canceled', notes: 'Off' });
    expect(earlier.checklist?.responses[0]).toMatchObject({ is_completed: true, completed_by: 7 });
    expect(withLateMove(seen, 'completed', { late: late(9), now: NOW, managing: true }).outcome).toBe('superseded');
  });

  it('holds a tick until its photo, text or number is there', () => {
    const text_input = TYPES.indexOf('text_input') + 1;
    const early = answerItemLate(aScene(), 1_000 + text_input, { is_completed: true }, { late: late(2), now: NOW });
    expect(early).toMatchObject({ kind: 'changed', outcome: 'held', response: { is_completed: false } });
    const written: Operation = {
      what: { kind: 'answer', item: text_input, answer: { text_response: 'All well' } },
      late: late(1),
    };
    const both = [tick(2, text_input), written].reduce(perform, aScene());
    expect(both.checklist?.responses[text_input - 1]).toMatchObject({
      is_completed: true,
      completed_at: '2026-06-01T10:02:00Z',
    });
    // Taken back by hand before the text came, it does not come back.
    const held = perform(aScene(), tick(2, text_input));
    const undone = answerItem(held, 1_000 + text_input, { is_completed: false }, { by: 7, now: NOW });
    if (undone.kind !== 'changed') throw new Error('The tick was not taken back');
    const after = perform({ task: undone.change.task, checklist: undone.change.checklist?.wanted }, written);
    expect(after.checklist?.responses[text_input - 1]).toMatchObject({
      is_completed: false,
      text_response: 'All well',
    });
  });

  it('keeps the last moves of a task that goes to and fro for ever', () => {
    const many = Array.from({ length: 120 }, (_, at): Operation => {
      const to = at % 2 === 0 ? 'in-progress' : 'pending';
      const instant = new Date(Date.parse('2026-06-01T08:00:00Z') + at * 1_000).toISOString();
      return { what: { kind: 'move', to, managing: false }, late: { by: 1, at: instant, key: String(at) } };
    });
    const { task } = many.reduce(perform, aScene());
    expect([task.status, task.status_log?.moves.length]).toEqual(['pending', 50]);
    expect(
      withLateMove({ task, checklist: undefined }, 'completed', {
        late: { by: 1, at: '2026-06-01T07:00:00.000Z', key: 'old' },
        now: NOW,
        managing: true,
      }),
    ).toMatchObject({ outcome: 'superseded', task: { status: 'pending' } });
  });
});
