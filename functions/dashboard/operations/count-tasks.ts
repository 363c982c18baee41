import type { User } from '../../../shared/domain/identity/user.ts';
import { type CountSeenDeps, countSeen } from '../../../shared/domain/task/count-seen.ts';
import type { TaskViewer } from '../../../shared/domain/task/task-access.ts';
import { byStatus } from '../../../shared/domain/task/task-counts.ts';
import { viewerOf } from '../../../shared/domain/task/task-viewer.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { TaskCountsAnswer } from '../schemas.ts';

/** What counting a person's tasks needs. */
export interface CountingDeps extends CountSeenDeps {
  readonly actor: Actor;
  readonly now: Date;
  readonly users: { find(userId: string): Promise<User | undefined> };
}

/** How many tasks the caller sees (S13, §7.7). */
export async function countTasks(deps: CountingDeps, viewer?: TaskViewer): Promise<TaskCountsAnswer> {
  const who = viewer ?? (await viewerOf(deps));
  const { counts, overdue } = await countSeen(deps, who, toUtcIso(deps.now));
  const { total, pending, completed, 'in-progress': in_progress } = byStatus(counts);
  return { total, pending, in_progress, completed, overdue };
}
