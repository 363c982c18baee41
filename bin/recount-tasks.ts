import { TaskCountRepository } from '../shared/domain/task/task-count.repository.ts';
import { forCompanies } from './for-companies.ts';

const USAGE = `Counts the tasks of companies anew and puts right the counts that say otherwise, while the companies work.

  npm run -s recount-tasks -- --stage prod                         every company
  npm run -s recount-tasks -- --stage prod --company <empresa_id>  one company

Safe to repeat and to run twice at once. It needs the rights to query the table and to put, delete and check TASK_COUNT
rows. It ends with 1 when a company's counts could not be put right.`;

let companies = 0;
await forCompanies({
  usage: USAGE,
  async perform(scope) {
    const { tasks, corrected } = await new TaskCountRepository(scope).recount();
    if (corrected.length === 0) return undefined;
    companies += 1;
    return `${tasks} tasks; corrected ${corrected.join(', ')}`;
  },
  summary: () => `the counts of ${companies} corrected`,
});
