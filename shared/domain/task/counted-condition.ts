import type { Condition, PartitionQuery } from '../../platform/dynamo/table.ts';
import type { CountedFilter } from './task-counts.ts';

/** What narrows a query of tasks to those that fit; nothing for a filter that filters nothing. */
export function filtering({ statuses, taskType }: CountedFilter): Pick<PartitionQuery, 'filter'> {
  const conditions: Condition[] = [
    ...(statuses === undefined ? [] : [oneOf('status', statuses)]),
    ...(taskType === undefined ? [] : [oneOf('task_type', [taskType])]),
  ];
  if (conditions.length === 0) return {};
  return {
    filter: {
      expression: conditions.map(({ expression }) => expression).join(' AND '),
      names: Object.assign({}, ...conditions.map(({ names }) => names)),
      values: Object.assign({}, ...conditions.map(({ values }) => values)),
    },
  };
}

function oneOf(name: string, allowed: readonly string[]): Condition {
  const values = allowed.map((value, at) => [`:${name}${at}`, value] as const);
  return {
    expression: `#${name} IN (${values.map(([placeholder]) => placeholder).join(', ')})`,
    names: { [`#${name}`]: name },
    values: Object.fromEntries(values),
  };
}
