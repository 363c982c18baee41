import type { Actor } from '../../platform/auth/actor.ts';
import { NEW_PROFILE } from '../identity/profile.ts';
import type { User } from '../identity/user.ts';
import type { TaskViewer } from './task-access.ts';

interface Deps {
  readonly actor: Actor;
  readonly users: { find(userId: string): Promise<User | undefined> };
}

/** The caller as tasks see people: only a member's profile decides anything, so only it is read. */
export async function viewerOf({ actor, users }: Deps): Promise<TaskViewer> {
  const { number, role } = actor;
  const profile = role === 'member' ? ((await users.find(actor.userId)) ?? NEW_PROFILE) : NEW_PROFILE;
  return { ...profile, number, role };
}
