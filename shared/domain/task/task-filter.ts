import type { Condition, Item, PartitionQuery } from '../../platform/dynamo/table.ts';
import type { InstantBounds } from './task.keys.ts';
import { isOverdue, type ListedTask, type Task, type TaskStatus } from './task.ts';

/** What a list of tasks leaves (S6); what is absent filters nothing. */
export interface TaskFilter {
  readonly statuses?: readonly TaskStatus[] | undefined;
  readonly taskType?: Task['task_type'] | undefined;
  readonly priority?: Task['priority'] | undefined;
  /** The integer of a person; null for nobody. */
  readonly assignedTo?: number | null | undefined;
  readonly propertyId?: number | undefined;
  readonly bookingId?: number | undefined;
  readonly overdue?: boolean | undefined;
  readonly createdBy?: number | undefined;
  readonly modifiedBy?: number | undefined;
  readonly due: InstantBounds;
  readonly created: InstantBounds;
  readonly modified: InstantBounds;
}

/** The part of a filter that the counts of tasks tell apart. */
export type CountedFilter = Pick<TaskFilter, 'statuses' | 'taskType'>;

/** The attribute that each of these looks at, and that has to have a value of its own. */
const ATTRIBUTE_OF = {
  statuses: 'status',
  taskType: 'task_type',
  priority: 'priority',
  assignedTo: 'assigned_to',
  propertyId: 'property_id',
  bookingId: 'booking_id',
  createdBy: 'created_by',
  modifiedBy: 'modified_by',
} as const satisfies Partial<Record<keyof TaskFilter, keyof ListedTask>>;

/** The part of a filter that asks for values, which a query can leave to the table. */
export type ValueFilter = Pick<TaskFilter, keyof typeof ATTRIBUTE_OF>;
type AttributeOf<F> = (typeof ATTRIBUTE_OF)[keyof F & keyof typeof ATTRIBUTE_OF];
type Attribute = AttributeOf<ValueFilter>;

/** A filter as one of what the counts tell apart; undefined where it asks for more than they know. */
export function countedFilter(filter: TaskFilter): CountedFilter | undefined {
  const { due, created, modified, statuses, taskType, ...others } = filter;
  const bounds = [due, created, modified].flatMap(({ gte, lte }) => [gte, lte]);
  return [...Object.values(others), ...bounds].every(isAbsent) ? { statuses, taskType } : undefined;
}

export function isWhole(filter: CountedFilter): boolean {
  return Object.values(filter).every(isAbsent);
}

function isAbsent(value: unknown): boolean {
  return value === undefined;
}

/** Which attribute has to have one of which values. */
function wantedBy(filter: ValueFilter): readonly (readonly [Attribute, readonly unknown[]])[] {
  return Object.entries(ATTRIBUTE_OF).flatMap(([name, attribute]) => {
    const wanted = filter[name as keyof ValueFilter];
    if (wanted === undefined) return [];
    return [[attribute, Array.isArray(wanted) ? wanted : [wanted]] as const];
  });
}

/** Whether a task has the values that are asked for. */
export function hasValues<F extends ValueFilter>(filter: F, task: Pick<ListedTask, AttributeOf<F>>): boolean {
  const values: Partial<Record<Attribute, unknown>> = task;
  return wantedBy(filter).every(([attribute, wanted]) => wanted.includes(values[attribute]));
}

/** @param now UTC, whole seconds */
export function fits(task: ListedTask, filter: TaskFilter, now: string): boolean {
  return (
    hasValues(filter, task) &&
    (filter.overdue === undefined || filter.overdue === isOverdue(task, now)) &&
    within(filter.due, task.due_date) &&
    within(filter.created, task.created_at) &&
    within(filter.modified, task.updated_at)
  );
}

function within({ gte, lte }: InstantBounds, instant: string | null): boolean {
  if (gte === undefined && lte === undefined) return true;
  return instant !== null && (gte === undefined || instant >= gte) && (lte === undefined || instant <= lte);
}

/** What makes a query of tasks answer those alone that have the values; nothing where none are asked for. */
export function withValues(filter: ValueFilter): Pick<PartitionQuery, 'filter'> {
  const conditions = wantedBy(filter).map(([attribute, wanted]) => oneOf(attribute, wanted));
  if (conditions.length === 0) return {};
  return {
    filter: {
      expression: conditions.map(({ expression }) => expression).join(' AND '),
      names: Object.assign({}, ...conditions.map(({ names }) => names)),
      values: Object.assign({}, ...conditions.map(({ values }) => values)),
    },
  };
}

function oneOf(attribute: Attribute, wanted: readonly unknown[]): Condition {
  const values: Item = Object.fromEntries(wanted.map((value, at) => [`:${attribute}${at}`, value]));
  const equals = Object.keys(values).map((placeholder) => `#${attribute} = ${placeholder}`);
  return { expression: `(${equals.join(' OR ')})`, names: { [`#${attribute}`]: attribute }, values };
}
