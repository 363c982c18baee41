import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import { type Task, taskTexts } from '../../../shared/domain/task/task.ts';

const TOLD = [
  'status',
  'task_type',
  'priority',
  'assigned_to',
  'property_id',
  'booking_id',
  'due_date',
  'is_locked_by_user',
] as const satisfies readonly (keyof Task)[];

const TEXTS = Object.keys(taskTexts.shape) as (keyof typeof taskTexts.shape)[];

/** What somebody did to a task, for the audit trail: of its texts only which ones changed (ruling 8). */
export function taskFact(
  accion: 'tarea.crear' | 'tarea.cambiar' | 'tarea.borrar' | 'tarea.duplicar' | 'tarea.asignar_lista',
  task: Task,
  seen?: Task,
): AuditFact {
  const told = TOLD.filter((field) => task[field] !== (seen?.[field] ?? null));
  const texts = TEXTS.filter((field) => task[field] !== (seen?.[field] ?? ''));
  return {
    accion,
    entidad: 'tarea',
    entidad_id: String(task.id),
    cambios: {
      ...Object.fromEntries(told.map((field) => [field, task[field]])),
      ...(texts.length > 0 && { textos: texts.join(', ') }),
    },
  };
}
