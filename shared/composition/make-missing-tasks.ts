import { AuditTrail } from '../domain/audit/audit-trail.ts';
import { AutoTaskTemplateRepository } from '../domain/auto-task/auto-task-template.repository.ts';
import type { BookingContext } from '../domain/booking/booking.repository.ts';
import type { BookingOutline } from '../domain/booking/booking.ts';
import { BookingRefused, type BookingWriter } from '../domain/booking/booking-writer.repository.ts';
import { changeBookings } from '../domain/booking/change-bookings.ts';
import { CompanyRepository } from '../domain/company/company.repository.ts';
import { DEFAULT_ZONE } from '../domain/company/company.ts';
import { PropertyRepository } from '../domain/property/property.repository.ts';
import { type FollowingFacts, lacksTasks } from '../domain/turnover/plan-following.ts';
import { TurnoverRepository } from '../domain/turnover/turnover.repository.ts';
import type { Turnover } from '../domain/turnover/turnover.ts';
import { toUtcIso } from '../platform/clock/clock.ts';
import { missingTasksWriterOf } from './booking-writer-of.ts';

/** Bookings of one transaction, where what they lack fits it. */
const PORTION = 8;

/** What a company's bookings lacked. */
export interface MadeTasks {
  /** Bookings that lacked something, be it a reason for having no turnover. */
  readonly bookings: number;
  readonly tasks: number;
}

interface Work {
  readonly properties: PropertyRepository;
  readonly bookings: BookingWriter;
  readonly turnovers: TurnoverRepository;
  readonly trail: AuditTrail;
  readonly now: Date;
  /** What rules go by; a portion is planned anew with what stands when it is written. */
  readonly facts: Omit<FollowingFacts, 'turnovers'>;
}

/**
 * Makes what the bookings of a company lack that stood before there were turnovers, or before an automatic template:
 * each portion is one transaction with its entry in the audit trail, so that it may be broken off anywhere, repeated, and
 * run while the company works.
 */
export async function makeMissingTasks(context: BookingContext): Promise<MadeTasks> {
  const work = await workOf(context);
  const [standing, rows] = await Promise.all([work.bookings.listOutlines(), work.turnovers.list()]);
  const lacking = lackingOf(work, standing, rows);
  let tasks = 0;
  for (let at = 0; at < lacking.length; at += PORTION) tasks += await makeFor(work, lacking.slice(at, at + PORTION));
  return { bookings: lacking.length, tasks };
}

async function workOf(context: BookingContext): Promise<Work> {
  const { scope, now } = context;
  const properties = new PropertyRepository(scope);
  const [known, templates, company] = await Promise.all([
    properties.listAll(),
    new AutoTaskTemplateRepository(scope).list(),
    new CompanyRepository(scope).find(),
  ]);
  const companyZone = company?.zona_horaria ?? DEFAULT_ZONE;
  return {
    properties,
    bookings: missingTasksWriterOf(context),
    turnovers: new TurnoverRepository(scope),
    trail: new AuditTrail(scope),
    now,
    facts: { tasks: new Map(), templates, properties: known, companyZone, now: toUtcIso(now) },
  };
}

function lackingOf({ facts }: Work, standing: readonly BookingOutline[], rows: readonly Turnover[]) {
  const turnovers = new Map(rows.map((row) => [row.booking_id, row]));
  return standing.filter((booking) => lacksTasks(booking, { ...facts, turnovers }));
}

/** @returns how many tasks were made */
async function makeFor(work: Work, lacking: readonly BookingOutline[]): Promise<number> {
  const ids = lacking.map(({ id }) => id);
  const homes = [...new Set(lacking.map(({ property_id }) => property_id))];
  let made = 0;
  try {
    await changeBookings(work, homes, async () => {
      // What somebody else has made meanwhile is not made again.
      const [standing, rows] = await Promise.all([work.bookings.findOutlines(ids), work.turnovers.findMany(ids)]);
      const bookings = await work.bookings.open(await work.bookings.findStored(lackingOf(work, standing, rows)));
      const changes = bookings.map((booking) => ({ kind: 'update', seen: booking, booking }) as const);
      return { changes, commit: committing(work, (tasks) => (made = tasks)), answer: undefined };
    });
    return made;
  } catch (thrown) {
    if (!(thrown instanceof BookingRefused) || thrown.refusal !== 'too_many') throw thrown;
  }
  const half = Math.ceil(lacking.length / 2);
  return (await makeFor(work, lacking.slice(0, half))) + (await makeFor(work, lacking.slice(half)));
}

/** Nothing of a task that is made is an event (`aristay.md` §8.1). */
function committing({ trail, now }: Work, tell: (tasks: number) => void) {
  return async (writes: Parameters<AuditTrail['commit']>[2], _events: unknown, tasks: number) => {
    const fact = { accion: 'tareas.completar', entidad: 'reserva', entidad_id: '', cambios: { tareas: tasks } };
    await trail.commit({ actor: undefined, address: undefined, now }, fact, writes);
    tell(tasks);
  };
}
