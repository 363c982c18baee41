import { setTimeout as delay } from 'node:timers/promises';
import type { AutoTaskTemplate } from '../../../shared/domain/auto-task/auto-task-template.ts';
import { BookingRefused, type Commit } from '../../../shared/domain/booking/booking-writer.repository.ts';
import { listRelated } from '../../../shared/domain/booking/list-related.ts';
import { type BookingImport, endOf } from '../../../shared/domain/booking-import/booking-import.ts';
import { BookingWorld } from '../../../shared/domain/booking-import/booking-world.ts';
import {
  importFileKey,
  openFile,
  type PlannedRows,
  plannedRows,
} from '../../../shared/domain/booking-import/import-files.ts';
import { DEFAULT_ZONE } from '../../../shared/domain/company/company.ts';
import type { Turn } from '../../../shared/domain/outbox/work-on-entry.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { fillPortion, type Portion } from './fill-portion.ts';
import type { ImportJob } from './import-job.ts';

const MOST_BYTES = 64 * 1024 * 1024;
/** Times that a portion starts over because calendars moved before the turn gives way to another. */
const ROUNDS = 20;
const LONGEST_WAIT_MS = 2_000;
/**
 * Rows that a transaction holds for bookings, what follows from them, and their events: a hundred less the import itself,
 * its trace, its pages, the ends of both logs and the audit entry.
 */
const ROOM = 92;

/** An import on its way: what it may meet, as it was read. */
interface Scene {
  readonly entry: BookingImport;
  readonly companyZone: string;
  readonly world: BookingWorld;
  readonly templates: readonly AutoTaskTemplate[];
}

/**
 * Applies the rows of an import in their order (`aristay.md` §6.9), as many to a transaction as it holds: the bookings,
 * their events, the audit entry, what undoing needs, and how far the import is. Every portion is matched anew with what
 * stands; where somebody booked meanwhile all is read again.
 */
export async function applyImport(job: ImportJob): Promise<Turn> {
  const planned = await readPlanned(job);
  let scene = await readScene(job, planned);
  let [rounds, room] = [0, ROOM];
  while (scene.entry.status === 'processing' && scene.entry.applied < planned.length) {
    if (job.clock.now().getTime() > job.end || rounds >= ROUNDS) return 'again';
    const portion = fillPortion(scene, planned, { at: toUtcIso(job.clock.now()), room });
    try {
      const { entry, properties } = await commitPortion(job, scene, portion);
      for (const property of properties) scene.world.setProperty(property);
      scene = { ...scene, entry };
      rounds = 0;
    } catch (thrown) {
      if (!(thrown instanceof BookingRefused)) throw thrown;
      // More follows from the changes than was reckoned with: a smaller portion fits.
      if (thrown.refusal === 'too_many') room = Math.floor(room / 2);
      else {
        rounds += 1;
        await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 25 * 2 ** rounds));
      }
      scene = await readScene(job, planned);
    }
  }
  if (scene.entry.status === 'processing') await finish(job, scene.entry);
  await job.files.remove(importFileKey(job.empresaId, job.importId, 'rows'));
  return 'done';
}

async function readPlanned({ files, guestKey, empresaId, importId }: ImportJob): Promise<PlannedRows> {
  const place = importFileKey(empresaId, importId, 'rows');
  const object = await files.read(place, MOST_BYTES);
  if (object?.bytes === undefined) throw new Error('The rows of an import are not there');
  const rows = openFile(await guestKey(), place, Buffer.from(object.bytes).toString('utf8'));
  return plannedRows.parse(JSON.parse(Buffer.from(rows).toString('utf8')));
}

/** Properties first: whatever their bookings are read as afterwards, a calendar that moves meanwhile is noticed. */
async function readScene(job: ImportJob, planned: PlannedRows): Promise<Scene> {
  const [entry, company, properties, templates] = await Promise.all([
    job.imports.find(job.importId),
    job.company.find(),
    job.properties.listAll(),
    job.templates.list(),
  ]);
  if (entry === undefined) throw new Error('An import was erased while it was being applied');
  const companyZone = company?.zona_horaria ?? DEFAULT_ZONE;
  const left = planned.slice(entry.applied).map(({ row }) => row);
  const related = await listRelated(job.bookings, left, properties);
  return { entry, companyZone, templates, world: new BookingWorld(properties, companyZone, related) };
}

async function commitPortion(job: ImportJob, { entry }: Scene, portion: Portion) {
  const { imports } = job;
  const { changes, properties, events, traces, conflicts, errors } = portion;
  const along: Write[] = [
    ...(await imports.pages(entry, 'CONFLICTS', conflicts, entry.conflicts_found)),
    ...(await imports.pages(entry, 'ERRORS', errors, entry.errors_count + entry.total_rows)),
  ];
  let next = { ...entry, ...portion.counts, changes: entry.changes + 1, version: entry.version + 1 };
  if (changes.length === 0) {
    await imports.commit([imports.moving(entry, next), ...along]);
    return { entry: next, properties };
  }
  along.push(await imports.tracing(entry, { number: entry.changes, changes: [...traces] }));
  const fact = {
    accion: 'reservas.importar_filas',
    cambios: { creadas: next.created - entry.created, actualizadas: next.auto_updated - entry.auto_updated },
  } as const;
  const commit: Commit = (writes, following, tasksMade) => {
    next = { ...next, tasks_created: entry.tasks_created + tasksMade };
    const told = { ...fact, events: [...events, ...following] };
    return job.commit(entry, [...writes, imports.moving(entry, next), ...along], told);
  };
  const after = await job.bookings.apply(changes, properties, commit, ROOM - events.length);
  return { entry: next, properties: after };
}

async function finish({ imports, clock }: ImportJob, entry: BookingImport): Promise<void> {
  const ended = { status: endOf(entry), processed_rows: entry.total_rows, finished_at: toUtcIso(clock.now()) };
  await imports.commit([imports.moving(entry, ended)]);
}
