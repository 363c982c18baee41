import { checklistRoutes } from './checklist-routes.ts';
import { taskRoutes } from './task-routes.ts';

/** Everything that this function answers. */
export const staffTasksRoutes = { ...taskRoutes, ...checklistRoutes };
