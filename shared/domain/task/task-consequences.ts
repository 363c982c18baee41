import type { NewEvent } from '../event/event-types.ts';
import type { NewNotification, NotificationVerb } from '../notification/notification.ts';
import { statusLabel, type Task } from './task.ts';
import { concernedPeople, type TaskChange, versioned } from './task-writes.ts';

/** Who changed a task; null where the platform did. */
export type TaskAuthor = { readonly number: number; readonly username: string } | null;

/** The verbs of `aristay.md` §7.6 that a change of a photo brings. */
export type PhotoVerb = Extract<NotificationVerb, `photo_${string}`>;

const SENTENCES = {
  assigned: 'New task assigned',
  created: 'New task created',
  unassigned: 'Task unassigned',
  due_date_changed: 'Due date changed',
  title_changed: 'Title changed',
  description_changed: 'Description changed',
  photo_added: 'Photo added',
  photo_deleted: 'Photo deleted',
  photo_approved: 'Photo approved',
  photo_rejected: 'Photo rejected',
} as const satisfies Partial<Record<NotificationVerb, string>>;

function messageOf(verb: keyof typeof SENTENCES | 'status_changed', task: Task): string {
  const start = verb === 'status_changed' ? `Task status changed to ${statusLabel(task.status)}` : SENTENCES[verb];
  return `${start}: ${task.title}`;
}

/** What a change is told as (`aristay.md` §7.6), one verb for each thing that differs. */
function verbsOf({ seen, task }: TaskChange): readonly (keyof typeof SENTENCES | 'status_changed')[] {
  if (task.deleted_at !== null) return [];
  if (seen === undefined) return [task.assigned_to === null ? 'created' : 'assigned'];
  return [
    ...(seen.assigned_to === task.assigned_to
      ? []
      : [task.assigned_to === null ? ('unassigned' as const) : ('assigned' as const)]),
    ...(seen.status === task.status ? [] : ['status_changed' as const]),
    ...(seen.due_date === task.due_date ? [] : ['due_date_changed' as const]),
    ...(seen.title === task.title ? [] : ['title_changed' as const]),
    ...(seen.description === task.description ? [] : ['description_changed' as const]),
  ];
}

/** A notification whose recipient is still the integer of a profile. */
export type Told = Omit<NewNotification, 'recipient'> & { readonly person: number };

/**
 * Who hears what of a change: whoever does the task and whoever made it, on reassignment also who did it before; never
 * the author, nor who has muted the task.
 * @param photos what became of photos of the task
 */
export function toldOf(change: TaskChange, author: TaskAuthor, photos: readonly PhotoVerb[] = []): readonly Told[] {
  const { seen } = change;
  const task = versioned(change);
  const hears = (person: number) => person !== author?.number && !task.muted_by.includes(person);
  const about = (verb: keyof typeof SENTENCES | 'status_changed') => ({
    verb,
    message: messageOf(verb, task),
    occasion: `${task.id}#${task.version}`,
    task: task.id,
    task_title: task.title,
  });
  const people = concernedPeople(task).filter(hears);
  const told = [...verbsOf(change), ...photos].flatMap((verb) => people.map((person) => ({ person, ...about(verb) })));
  const before = seen?.assigned_to ?? null;
  const taken = before !== null && before !== task.assigned_to && task.deleted_at === null;
  const heard = told.some(({ person, verb }) => person === before && verb === 'unassigned');
  return taken && hears(before) && !heard ? [...told, { person: before, ...about('unassigned') }] : told;
}

/** Whether a change is an event of the log (`aristay.md` §8.1). */
export function changesStatus({ seen, task }: TaskChange): boolean {
  return seen !== undefined && seen.status !== task.status;
}

/**
 * The events of a change.
 * @param propertyName of the task's property, null without one @param at UTC, whole seconds
 */
export function eventsOf(
  change: TaskChange,
  {
    author,
    at,
    propertyName,
  }: { readonly author: TaskAuthor; readonly at: string; readonly propertyName: string | null },
): readonly NewEvent[] {
  const { seen, task } = change;
  if (seen === undefined || !changesStatus(change)) return [];
  const { id, title, status, task_type, priority, property_id: property, assigned_to, due_date } = task;
  const shown = {
    id,
    title,
    status,
    task_type,
    priority,
    property,
    property_name: propertyName,
    assigned_to,
    due_date,
  };
  return [
    {
      type: 'task.status_changed',
      data: {
        task: shown,
        previous_status: seen.status,
        new_status: status,
        changed_by: author === null ? null : { id: author.number, username: author.username },
        changed_at: at,
      },
    },
  ];
}
