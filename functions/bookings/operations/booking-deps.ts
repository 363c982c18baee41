import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { Booking } from '../../../shared/domain/booking/booking.ts';
import type { BookingWriter, Commit } from '../../../shared/domain/booking/booking-writer.repository.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { NewEvent } from '../../../shared/domain/event/event-types.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';

/** What the operations on a company's bookings are handed. */
export interface BookingDeps {
  readonly actor: Actor;
  readonly now: Date;
  readonly bookings: BookingWriter;
  readonly properties: PropertyRepository;
  readonly company: { find(): Promise<Company | undefined> };
  readonly users: { find(userId: string): Promise<User | undefined> };
  /** Takes an integer id for a new booking. */
  readonly nextId: () => Promise<number>;
  /** Commits with an entry in the audit trail and the events that follow. */
  readonly committing: (fact: AuditFact, events: readonly NewEvent[]) => Commit;
}

/** The caller's own company. @throws AppError `not_found` when it was erased this minute */
export async function ownCompany({ company }: Pick<BookingDeps, 'company'>): Promise<Company> {
  const owner = await company.find();
  if (owner === undefined) throw notFound();
  return owner;
}

export function notFound(): AppError {
  return new AppError('not_found', 'Not found.');
}

/** A problem with one field, or with the whole body. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}

/** Contacts of guests are for those who run the company (S17). */
export function mayReadContacts({ role }: Actor): boolean {
  return role === 'admin' || role === 'manager';
}

/** The booking that a path names. @throws AppError `not_found` */
export async function foundBooking({ bookings }: Pick<BookingDeps, 'bookings'>, id: number): Promise<Booking> {
  const booking = await bookings.find(id);
  if (booking === undefined) throw notFound();
  return booking;
}
