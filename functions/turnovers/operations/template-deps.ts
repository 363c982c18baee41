import { setTimeout as delay } from 'node:timers/promises';
import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import {
  type AutoTaskTemplate,
  MOST_OF_A_BOOKING,
  mostOnOneProperty,
} from '../../../shared/domain/auto-task/auto-task-template.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { TemplateRow } from '../template-schemas.ts';

/** Templates of one company at most. */
export const MOST_TEMPLATES = 200;

/** What the operations on automatic templates are handed. */
export interface TemplateDeps {
  readonly actor: Actor;
  readonly now: Date;
  readonly templates: {
    find(id: number): Promise<AutoTaskTemplate | undefined>;
    list(): Promise<readonly AutoTaskTemplate[]>;
    saving(next: Omit<AutoTaskTemplate, 'version'>, seen: AutoTaskTemplate | undefined): Write;
    deleting(seen: AutoTaskTemplate): Write;
  };
  readonly properties: { list(): Promise<readonly Property[]> };
  readonly people: { findByNumber(number: number): Promise<User | undefined> };
  readonly nextId: () => Promise<number>;
  /** Commits with an entry in the audit trail. @throws TransactionRefused */
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
}

/** Times that a change starts over because the template moved meanwhile. */
const ROUNDS = 10;
const LONGEST_WAIT_MS = 250;

/** The template that a path names. @throws AppError `not_found` */
export async function foundTemplate(
  { templates }: Pick<TemplateDeps, 'templates'>,
  id: number,
): Promise<AutoTaskTemplate> {
  const template = await templates.find(id);
  if (template === undefined) throw new AppError('not_found', 'Not found.');
  return template;
}

/** Tries anew while somebody else was quicker. @throws AppError `unavailable` when it never stands still */
export async function untilCommitted<T>(attempt: () => Promise<T>): Promise<T> {
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
    }
    await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 10 * 2 ** round));
  }
  throw new AppError('unavailable', 'Too many changes at once. Try again.', { retryAfter: 1 });
}

export function invalidField(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}

/** Every id once, in their order. @throws AppError `invalid` for one that is not there and was not named before */
export async function knownProperties(
  { properties }: Pick<TemplateDeps, 'properties'>,
  ids: readonly number[],
  before: readonly number[] = [],
): Promise<number[]> {
  const wanted = [...new Set(ids)].toSorted((a, b) => a - b);
  const added = wanted.filter((id) => !before.includes(id));
  if (added.length === 0) return wanted;
  const known = new Set((await properties.list()).map(({ id }) => id));
  const unknown = added.find((id) => !known.has(id));
  if (unknown !== undefined) throw invalidField('properties', `There is no property ${unknown}.`);
  return wanted;
}

/** The assignee with the user name. @throws AppError `invalid` for nobody who could do a task */
export async function assigneeOf(
  { people }: Pick<TemplateDeps, 'people'>,
  number: number | null,
): Promise<Pick<AutoTaskTemplate, 'default_assignee' | 'default_assignee_username'>> {
  if (number === null) return { default_assignee: null, default_assignee_username: null };
  const person = await people.findByNumber(number);
  if (person?.activo !== true) throw invalidField('default_assignee', 'There is no such active user.');
  return { default_assignee: number, default_assignee_username: person.username };
}

/** @param all every template as it would stand @throws AppError `invalid` where a booking would get too many tasks */
export function refuseTooMany(all: readonly AutoTaskTemplate[]): void {
  if (mostOnOneProperty(all) <= MOST_OF_A_BOOKING) return;
  const message = `A property may have ${MOST_OF_A_BOOKING} active templates. Deactivate one, or name fewer properties.`;
  throw invalidField('properties', message);
}

export function shownTemplate({ version: _, ...template }: AutoTaskTemplate): TemplateRow {
  return template;
}

const TOLD = [
  'name',
  'is_active',
  'task_type',
  'timing_type',
  'timing_offset',
  'timing_hour',
  'default_assignee',
] as const;

/** What somebody did to a template, for the audit trail. */
export function templateFact(
  accion: 'plantilla_tarea.crear' | 'plantilla_tarea.cambiar' | 'plantilla_tarea.borrar',
  template: Omit<AutoTaskTemplate, 'version'>,
  seen?: AutoTaskTemplate,
): AuditFact {
  const told = TOLD.filter((field) => template[field] !== seen?.[field]);
  const texts = (['title_template', 'description_template', 'booking_sources'] as const).filter(
    (field) => template[field] !== (seen?.[field] ?? ''),
  );
  const properties = template.properties.join(', ');
  return {
    accion,
    entidad: 'plantilla_tarea',
    entidad_id: String(template.id),
    cambios: {
      ...Object.fromEntries(told.map((field) => [field, template[field]])),
      ...(properties !== (seen?.properties.join(', ') ?? '') && { properties }),
      ...(texts.length > 0 && { textos: texts.join(', ') }),
    },
  };
}
