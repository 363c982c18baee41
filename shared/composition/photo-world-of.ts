import { UserRepository } from '../domain/identity/user.repository.ts';
import { NotificationRepository } from '../domain/notification/notification.repository.ts';
import { PhotoRepository } from '../domain/photo/photo.repository.ts';
import { PropertyRepository } from '../domain/property/property.repository.ts';
import { TaskRepository } from '../domain/task/task.repository.ts';
import type { TenantKeys } from '../platform/crypto/tenant-keys.ts';
import type { TenantScope } from '../platform/tenant/tenant-scope.ts';

/** Everything that a change of a company's photos reads and writes, wherever it comes from. */
export function photoWorldOf(scope: TenantScope, keys: TenantKeys) {
  const guestKey = () => keys.dataKey(scope, 'guest-data');
  const users = new UserRepository(scope);
  return {
    photos: new PhotoRepository({ scope, guestKey }),
    tasks: new TaskRepository({ scope, guestKey }),
    properties: new PropertyRepository(scope),
    users,
    people: users,
    notifications: new NotificationRepository(scope),
  };
}
