import { bulkBookingWriterOf } from '../../../shared/composition/booking-writer-of.ts';
import { type CommittingDeps, committingChanges } from '../../../shared/composition/committing-changes.ts';
import { AutoTaskTemplateRepository } from '../../../shared/domain/auto-task/auto-task-template.repository.ts';
import type { BookingWriter } from '../../../shared/domain/booking/booking-writer.repository.ts';
import { BookingImportRepository } from '../../../shared/domain/booking-import/booking-import.repository.ts';
import type { BookingImport } from '../../../shared/domain/booking-import/booking-import.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import type { NewEvent } from '../../../shared/domain/event/event-types.ts';
import { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { ObjectStore } from '../../../shared/platform/storage/object-store.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

/** What the worker is handed. */
export interface WorkerDeps extends CommittingDeps {
  /** Where the files of imports rest. */
  readonly files: Pick<ObjectStore, 'read' | 'remove'>;
  /** Where the next turn is asked for. */
  readonly queue: WorkQueue;
  readonly clock: Clock;
}

/** One turn at an import. */
export interface ImportJob {
  readonly empresaId: string;
  readonly importId: string;
  readonly imports: BookingImportRepository;
  readonly bookings: BookingWriter;
  readonly properties: PropertyRepository;
  readonly company: CompanyRepository;
  /** Those that make tasks of new bookings. */
  readonly templates: AutoTaskTemplateRepository;
  readonly files: Pick<ObjectStore, 'read' | 'remove'>;
  readonly guestKey: () => Promise<DataKey>;
  readonly clock: Clock;
  /** Epoch ms at which the turn ends. */
  readonly end: number;
  /** Commits with an entry in the audit trail, of the person who imported, and the events that follow. */
  readonly commit: (entry: BookingImport, writes: readonly Write[], told: JobFact) => Promise<unknown>;
}

/** What a commit of the worker tells. */
export interface JobFact {
  readonly accion: 'reservas.importar_filas' | 'reservas.deshacer_filas';
  readonly cambios: Readonly<Record<string, number>>;
  readonly events: readonly NewEvent[];
}

/** @param turnMs how long the turn may last */
export function importJob(deps: WorkerDeps, scope: TenantScope, importId: string, turnMs: number): ImportJob {
  const now = deps.clock.now();
  const guestKey = () => deps.keys.dataKey(scope, 'guest-data');
  const commit = committingChanges(deps, scope);
  return {
    empresaId: scope.empresaId,
    importId,
    imports: new BookingImportRepository({ scope, guestKey, now }),
    bookings: bulkBookingWriterOf({ scope, guestKey, now }),
    properties: new PropertyRepository(scope),
    company: new CompanyRepository(scope),
    templates: new AutoTaskTemplateRepository(scope),
    files: deps.files,
    guestKey,
    clock: deps.clock,
    end: now.getTime() + turnMs,
    commit(entry, writes, { accion, cambios, events }) {
      const at = deps.clock.now();
      const origin = { actor: { userId: entry.imported_by.id }, address: undefined, now: at };
      const fact = { accion, entidad: 'importacion', entidad_id: entry.import_id, cambios: { ...cambios } };
      return commit(origin, fact, writes, events);
    },
  };
}
