import { defineRoutes } from '../../shared/platform/http/route.ts';
import { gapRow, gapsQuery, turnoverRow, turnoversQuery } from './schemas.ts';
import { templateRoutes } from './template-routes.ts';

const common = { surface: 'aristay', tag: 'Turnovers', method: 'GET', access: 'manager', failures: [404] } as const;

/** What becomes of check-outs (beyond the seed): for those who run the company. */
const checkOutRoutes = defineRoutes({
  turnovers: {
    ...common,
    path: '/api/staff/turnovers/',
    summary: 'Check-outs with their tasks, and those whose task was not moved because a person holds it',
    query: turnoversQuery,
    success: { status: 200, rows: turnoverRow },
  },
  turnoverGaps: {
    ...common,
    path: '/api/staff/turnovers/gaps/',
    summary: 'Check-outs with neither exactly one live task nor a reason for none: there should be none',
    query: gapsQuery,
    success: { status: 200, rows: gapRow },
  },
});

/** Everything that this function answers. */
export const turnoversRoutes = { ...checkOutRoutes, ...templateRoutes };
