import { describe, expect, it } from 'vitest';
import {
  mayCreateTasks,
  mayDeleteTask,
  mayEditTask,
  mayReassign,
  mayReviewPhotos,
  maySeeTask,
  type TaskViewer,
} from '../../../shared/domain/task/task-access.ts';
import type { Role } from '../../../shared/platform/auth/actor.ts';

const ME = 41;
const OTHER = 42;
const person = (role: Role, wanted: Partial<TaskViewer> = {}): TaskViewer => ({
  number: ME,
  role,
  task_group: 'none',
  can_view_team_tasks: false,
  can_view_other_teams: false,
  permission_overrides: [],
  ...wanted,
});
const STRANGE = { assigned_to: OTHER, created_by: OTHER, task_type: 'cleaning', status: 'pending' } as const;
const MINE = { ...STRANGE, assigned_to: ME };
const MADE = { ...STRANGE, created_by: ME };
const FREE = { ...STRANGE, assigned_to: null };

describe('who sees a task', () => {
  it.each<Role>(['admin', 'manager', 'viewer'])('%s: any', (role) => {
    expect(maySeeTask(person(role), STRANGE)).toBe(true);
  });

  it('a member: the own, the made, and those of the crew where the profile says so', () => {
    expect([MINE, MADE, STRANGE].map((task) => maySeeTask(person('member'), task))).toEqual([true, true, false]);
    const inCrew = (task_group: TaskViewer['task_group']) =>
      person('member', { task_group, can_view_team_tasks: true });
    expect(maySeeTask(inCrew('cleaning'), STRANGE)).toBe(true);
    expect(maySeeTask(inCrew('general'), STRANGE)).toBe(true);
    expect(maySeeTask(inCrew('laundry'), STRANGE)).toBe(false);
    expect(maySeeTask(inCrew('none'), STRANGE)).toBe(false);
    expect(maySeeTask(person('member', { task_group: 'cleaning' }), STRANGE)).toBe(false);
    expect(maySeeTask(person('member', { permission_overrides: ['view_all_tasks'] }), STRANGE)).toBe(true);
  });
});

describe('who changes a task', () => {
  it('managers any, members their own and what they made, viewers none, not even their own', () => {
    expect(mayEditTask(person('manager'), STRANGE)).toBe(true);
    expect([MINE, MADE, STRANGE].map((task) => mayEditTask(person('member'), task))).toEqual([true, true, false]);
    expect(mayEditTask(person('viewer', { permission_overrides: ['add_tasks'] }), MINE)).toBe(false);
  });

  it('deletes: managers any, members what they made and nobody has begun', () => {
    expect(mayDeleteTask(person('admin'), { ...STRANGE, status: 'completed' })).toBe(true);
    expect(mayDeleteTask(person('member'), MADE)).toBe(true);
    expect(mayDeleteTask(person('member'), { ...MADE, status: 'in-progress' })).toBe(false);
    expect(mayDeleteTask(person('member'), MINE)).toBe(false);
  });

  it('creates and reviews: managers, and members with the right', () => {
    for (const [may, right] of [
      [mayCreateTasks, 'add_tasks'],
      [mayReviewPhotos, 'manage_files'],
    ] as const) {
      expect(may(person('manager'))).toBe(true);
      expect(may(person('member'))).toBe(false);
      expect(may(person('member', { permission_overrides: [right] }))).toBe(true);
      expect(may(person('viewer', { permission_overrides: [right] }))).toBe(false);
    }
  });
});

describe('who gives a task to whom', () => {
  it('managers to anybody', () => {
    expect(mayReassign(person('manager'), STRANGE, 7)).toBe(true);
  });

  it('a member takes a free one in sight, gives up the own, and no more', () => {
    const crew = person('member', { task_group: 'cleaning', can_view_team_tasks: true });
    expect(mayReassign(crew, FREE, ME)).toBe(true);
    expect(mayReassign(person('member'), FREE, ME)).toBe(false);
    expect(mayReassign(crew, FREE, OTHER)).toBe(false);
    expect(mayReassign(crew, STRANGE, ME)).toBe(false);
    expect(mayReassign(crew, MINE, null)).toBe(true);
    expect(mayReassign(crew, MINE, OTHER)).toBe(false);
    expect(mayReassign(person('member', { permission_overrides: ['assign_tasks'] }), MINE, OTHER)).toBe(true);
  });

  it('anybody leaves it with whom it is: clients echo whole tasks', () => {
    expect(mayReassign(person('member'), STRANGE, OTHER)).toBe(true);
  });
});
