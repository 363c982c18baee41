import type { User } from '../../../shared/domain/identity/user.ts';
import type { Task } from '../../../shared/domain/task/task.ts';
import { eachLimit } from '../../../shared/platform/concurrency/each-limit.ts';
import type { FoundTask, TaskDeps } from './task-deps.ts';

const AT_ONCE = 8;

/**
 * Asks every manager and admin but the caller to look at a task (C20). Who has muted it hears nothing, and who has such
 * a notification unread since the task's last change hears nothing twice (`aristay.md` §7.6).
 * @returns how many have been asked, before or now
 */
export async function notifyManagers(deps: TaskDeps, { task }: FoundTask): Promise<{ notified: number }> {
  const overseers = await deps.users.listOverseers();
  const asked = overseers.filter(({ number }) => number !== deps.actor.number && !task.muted_by.includes(number));
  const waiting: User[] = [];
  await eachLimit(asked, AT_ONCE, async (person) => {
    if (!(await hasHeard(deps, person, task))) waiting.push(person);
  });
  const additions = waiting.map(({ id: recipient }) => ({
    recipient,
    verb: 'status_changed' as const,
    message: attention(task),
    occasion: `${task.id}#attention#${deps.now.toISOString()}`,
    task: task.id,
    task_title: task.title,
  }));
  await deps.enqueue(await deps.notifications.addOnce(additions, deps.now));
  return { notified: asked.length };
}

function attention({ title }: Task): string {
  return `Attention requested: ${title}`;
}

async function hasHeard({ notifications }: TaskDeps, { id }: User, task: Task): Promise<boolean> {
  const heard = await notifications.list(id);
  return heard.some(
    ({ task: about, message, is_read, created_at }) =>
      about === task.id &&
      !is_read &&
      message === attention(task) &&
      Date.parse(created_at) >= Date.parse(task.updated_at),
  );
}
