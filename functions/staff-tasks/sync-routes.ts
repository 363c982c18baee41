import { defineRoutes } from '../../shared/platform/http/route.ts';
import { syncAnswer, syncBody } from './sync-schemas.ts';

/** What staff did with tasks while offline (`aristay.md` §7.6, §9.8). */
export const syncRoutes = defineRoutes({
  syncTasks: {
    surface: 'aristay',
    tag: 'Tasks',
    method: 'POST',
    path: '/api/sync/',
    summary: 'Takes what a device did with tasks while offline, and answers each operation by itself',
    access: 'any',
    // Each operation has a key of its own; a batch in which one had to be tried again must not be replayed whole.
    keepsReply: false,
    body: { schema: syncBody },
    success: { status: 200, schema: syncAnswer },
  },
});
