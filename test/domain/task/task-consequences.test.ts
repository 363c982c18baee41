import { describe, expect, it } from 'vitest';
import { createTask, type Task } from '../../../shared/domain/task/task.ts';
import { eventsOf, toldOf } from '../../../shared/domain/task/task-consequences.ts';
import { toldChanges } from '../../../shared/domain/task/task-history.ts';

const [CREATOR, MARIA, PEDRO] = [7, 41, 42];
const NOW = '2025-10-02T13:00:00Z';

function aTask(wanted: Partial<Task> = {}): Task {
  return createTask({
    id: 12,
    title: 'Turnover clean',
    created_at: '2025-10-01T08:12:44Z',
    updated_at: '2025-10-01T08:12:44Z',
    created_by: CREATOR,
    modified_by: CREATOR,
    ...wanted,
  });
}

const author = { number: CREATOR, username: 'boss' };
const maria = { number: MARIA, username: 'maria' };

function heard(...args: Parameters<typeof toldOf>): readonly string[] {
  return toldOf(...args).map(({ person, verb, message }) => `${person} ${verb} ${message}`);
}

describe('Who hears of a change of a task', () => {
  it('is the assignee of a new task, and not its author', () => {
    const task = aTask({ assigned_to: MARIA });
    expect(heard({ task }, author)).toEqual(['41 assigned New task assigned: Turnover clean']);
    expect(heard({ task: aTask() }, author)).toEqual([]);
    expect(heard({ task: aTask() }, null)).toEqual(['7 created New task created: Turnover clean']);
  });

  it('is also who had the task before, once', () => {
    const seen = aTask({ assigned_to: MARIA });
    expect(heard({ seen, task: { ...seen, assigned_to: PEDRO } }, author)).toEqual([
      '42 assigned New task assigned: Turnover clean',
      '41 unassigned Task unassigned: Turnover clean',
    ]);
    const own = aTask({ assigned_to: CREATOR });
    expect(heard({ seen: own, task: { ...own, assigned_to: null } }, maria)).toEqual([
      '7 unassigned Task unassigned: Turnover clean',
    ]);
  });

  it('is nobody who has muted the task', () => {
    const seen = aTask({ assigned_to: MARIA, muted_by: [CREATOR] });
    expect(heard({ seen, task: { ...seen, status: 'in-progress' } }, maria)).toEqual([]);
    const loud = aTask({ assigned_to: MARIA });
    expect(heard({ seen: loud, task: { ...loud, status: 'in-progress' } }, maria)).toEqual([
      '7 status_changed Task status changed to In Progress: Turnover clean',
    ]);
  });

  it('is told one thing for each field and for each photo, and nothing of a deletion', () => {
    const seen = aTask({ assigned_to: MARIA });
    const task = { ...seen, title: 'Clean', description: 'All', due_date: NOW };
    expect(heard({ seen, task }, author, ['photo_added'])).toEqual([
      '41 due_date_changed Due date changed: Clean',
      '41 title_changed Title changed: Clean',
      '41 description_changed Description changed: Clean',
      '41 photo_added Photo added: Clean',
    ]);
    expect(heard({ seen, task: { ...seen, deleted_at: NOW } }, author)).toEqual([]);
  });

  it('is told once for each version of the task', () => {
    const seen = aTask({ assigned_to: MARIA, version: 4 });
    const [first] = toldOf({ seen, task: { ...seen, title: 'Clean' } }, author);
    expect(first?.occasion).toBe('12#5');
  });
});

describe('Events and history of a change', () => {
  it('reproduce the sample of aristay.md §8.1', () => {
    const seen = aTask({
      assigned_to: MARIA,
      property_id: 3,
      priority: 'high',
      due_date: '2025-10-02T15:00:00Z',
    });
    const task: Task = { ...seen, status: 'in-progress' };
    expect(eventsOf({ seen, task }, { author: maria, at: NOW, propertyName: 'Lake House' })).toEqual([
      {
        type: 'task.status_changed',
        data: {
          task: {
            id: 12,
            title: 'Turnover clean',
            status: 'in-progress',
            task_type: 'cleaning',
            priority: 'high',
            property: 3,
            property_name: 'Lake House',
            assigned_to: 41,
            due_date: '2025-10-02T15:00:00Z',
          },
          previous_status: 'pending',
          new_status: 'in-progress',
          changed_by: { id: 41, username: 'maria' },
          changed_at: NOW,
        },
      },
    ]);
    expect(eventsOf({ seen, task: { ...seen, title: 'Other' } }, { author, at: NOW, propertyName: null })).toEqual([]);
    expect(eventsOf({ task }, { author, at: NOW, propertyName: null })).toEqual([]);
  });

  it('tell one line for each field that differs', () => {
    const seen = aTask();
    const task: Task = { ...seen, status: 'completed', assigned_to: MARIA, assigned_to_username: 'maria' };
    expect(toldChanges(seen, task)).toEqual([
      { change: 'status', from: 'pending', to: 'completed' },
      { change: 'assigned_to', from: null, to: 'maria' },
    ]);
    expect(toldChanges(seen, { ...seen, notes: 'x' })).toEqual([]);
  });
});
