import { defineRoutes } from '../../shared/platform/http/route.ts';
import { dashboardAnswer, taskCounts } from './schemas.ts';

const common = { surface: 'aristay', tag: 'Dashboard', method: 'GET', access: 'any' } as const;

/** What a person sees first (`aristay.md` S12, S13). */
export const dashboardRoutes = defineRoutes({
  staffDashboard: {
    ...common,
    path: '/api/staff/dashboard/',
    summary: 'How many tasks there are, the newest of them, and the newest of the own notifications',
    success: { status: 200, schema: dashboardAnswer },
  },
  staffTaskCounts: {
    ...common,
    path: '/api/staff/task-counts/',
    summary: 'How many tasks the caller sees, by status',
    success: { status: 200, schema: taskCounts },
  },
});
