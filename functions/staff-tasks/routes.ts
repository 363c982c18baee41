import { checklistRoutes } from './checklist-routes.ts';
import { syncRoutes } from './sync-routes.ts';
import { taskRoutes } from './task-routes.ts';

/** Everything that this function answers. */
export const staffTasksRoutes = { ...taskRoutes, ...checklistRoutes, ...syncRoutes };
