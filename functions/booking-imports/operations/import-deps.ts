import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { BookingWriter } from '../../../shared/domain/booking/booking-writer.repository.ts';
import type { BookingImportRepository } from '../../../shared/domain/booking-import/booking-import.repository.ts';
import type { BookingImport } from '../../../shared/domain/booking-import/booking-import.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { NewEvent } from '../../../shared/domain/event/event-types.ts';
import type { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { ObjectStore } from '../../../shared/platform/storage/object-store.ts';

/** What the operations on imports of bookings are handed. */
export interface ImportDeps {
  readonly actor: Actor;
  readonly now: Date;
  readonly imports: BookingImportRepository;
  readonly bookings: BookingWriter;
  readonly properties: PropertyRepository;
  readonly company: { find(): Promise<Company | undefined> };
  /** Where the files of imports rest. */
  readonly files: Pick<ObjectStore, 'write'>;
  readonly guestKey: () => Promise<DataKey>;
  /** Takes integers of a counter; answers the first. */
  readonly nextNumbers: (name: 'booking' | 'booking-import' | 'property', count: number) => Promise<number>;
  /** Commits with an entry in the audit trail, the events that follow, and work for the queue. */
  readonly commit: (writes: readonly Write[], told: Told) => Promise<unknown>;
}

/** What goes with a commit. */
export interface Told {
  readonly fact: AuditFact;
  readonly events?: readonly NewEvent[];
  /** The import that the worker is to go on with, beginning at this version of it. */
  readonly work?: Pick<BookingImport, 'import_id' | 'version'>;
}

/** The import that a path names. @throws AppError `not_found` */
export async function foundImport(
  { imports }: { readonly imports: Pick<BookingImportRepository, 'find'> },
  id: string,
): Promise<BookingImport> {
  const entry = await imports.find(id);
  if (entry === undefined) throw new AppError('not_found', 'Not found.');
  return entry;
}

/** A problem with one field. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}

/** The caller's own company. @throws AppError `not_found` when it was erased this minute */
export async function ownCompany({ company }: Pick<ImportDeps, 'company'>): Promise<Company> {
  const owner = await company.find();
  if (owner === undefined) throw new AppError('not_found', 'Not found.');
  return owner;
}
