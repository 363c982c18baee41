import { makeMissingTasks } from '../shared/composition/make-missing-tasks.ts';
import { systemClock } from '../shared/platform/clock/clock.ts';
import { tenantKeys } from '../shared/platform/crypto/tenant-keys.ts';
import { forCompanies } from './for-companies.ts';

const USAGE = `Makes the turnovers and automatic tasks that bookings lack which stood before these, while companies work.

  npm run -s make-missing-tasks -- --stage prod                         every company
  npm run -s make-missing-tasks -- --stage prod --company <empresa_id>  one company, e.g. after it has added a template

Safe to repeat, to break off and to run twice at once. It needs the rights of the function that changes bookings: rows of
companies, and kms:Decrypt and kms:GenerateDataKey. It ends with 1 when a company could not be finished.`;

let total = 0;
await forCompanies({
  usage: USAGE,
  async perform(scope, { kmsAlias }) {
    const guestKey = () => tenantKeys(kmsAlias, systemClock).dataKey(scope, 'guest-data');
    const { tasks, bookings } = await makeMissingTasks({ scope, guestKey, now: systemClock.now() });
    total += tasks;
    return bookings === 0 ? undefined : `${tasks} tasks for ${bookings} bookings`;
  },
  summary: () => `${total} tasks made`,
});
