import type { ApartmentRepository } from '../../../shared/domain/apartment/apartment.repository.ts';
import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { type Brought, bringCatalogue } from '../../../shared/domain/apartment/bring-catalogue.ts';
import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { PmsProvider } from '../../../shared/domain/integration/pms-provider.ts';
import type { ConnectedPms, PmsApartment, PmsClient } from '../../../shared/domain/pms/pms-client.ts';
import { nameOfPms, PmsFailed, pmsRefusal } from '../../../shared/domain/pms/pms-failed.ts';
import type { SyncLogEntry } from '../../../shared/domain/sync-log/sync-log.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import { incomingApartments, type Normalised } from './incoming-apartments.ts';

export interface SyncDeps {
  readonly empresaId: string;
  /** Who asked for it. */
  readonly userId: string;
  readonly connect: () => Promise<ConnectedPms | undefined>;
  readonly apartments: Pick<ApartmentRepository, 'list' | 'commit'>;
  readonly connections: { notePull(proveedor: PmsProvider, now: string): Promise<boolean> };
  readonly log: { add(entry: SyncLogEntry): Promise<void>; additionOf(entry: SyncLogEntry): Write };
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What one reading of the PMS says. */
interface Reading extends Normalised {
  readonly gone: ReadonlySet<string>;
  readonly warnings: readonly string[];
}

/**
 * Brings the catalogue to what the PMS says (`stay-sidekick.md` §7.3). The catalogue is touched only once all of the
 * list has been read; a dwelling is deactivated only when the PMS, asked anew, says that it is gone. Safe to repeat and
 * to run twice at once.
 * @throws AppError `bad_request` when that PMS is not connected, its key cannot be used, or it could not be read
 */
export async function syncApartments(deps: SyncDeps, proveedor: PmsProvider) {
  const started = deps.clock.now();
  const { client } = await connectedTo(deps, proveedor);
  const outcome = await attempt(deps, { proveedor, client });
  const finished = deps.clock.now();
  const line: SyncLogEntry = {
    id: deps.ids.next('sync', started),
    origen: 'pms',
    proveedor,
    ...logged(outcome),
    duracion_ms: Math.max(0, finished.getTime() - started.getTime()),
    usuario_id: deps.userId,
    created_at: toOffsetIso(finished),
  };
  if (outcome instanceof AppError) {
    await deps.log.add(line);
    throw outcome;
  }
  await deps.commit(factOf(line), [deps.log.additionOf(line)]);
  await deps.connections.notePull(proveedor, toOffsetIso(finished));
  const { warnings, ...resultado } = outcome;
  return ok({ resultado, ...(warnings.length > 0 && { warnings }) });
}

function factOf({ id, proveedor, recuentos }: SyncLogEntry): AuditFact {
  const cambios = { proveedor, ...recuentos };
  return { accion: 'apartamentos.sincronizar', entidad: 'sincronizacion', entidad_id: id, cambios };
}

async function connectedTo({ connect }: SyncDeps, proveedor: PmsProvider): Promise<ConnectedPms> {
  const pms = await readingPms(connect);
  if (pms === undefined) {
    throw new AppError('bad_request', 'No hay ningún PMS conectado. Conéctalo en Integraciones.');
  }
  if (pms.proveedor === proveedor) return pms;
  const [connected, wanted] = [nameOfPms(pms.proveedor), nameOfPms(proveedor)];
  const message = `El PMS conectado es ${connected}, no ${wanted}. Sincroniza con ${connected} o cambia la conexión.`;
  throw new AppError('bad_request', message);
}

/** What a PMS cannot do for us, as a sentence. */
async function readingPms<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (!(thrown instanceof PmsFailed)) throw thrown;
    throw pmsRefusal(thrown);
  }
}

async function attempt(deps: SyncDeps, pms: ConnectedPms) {
  try {
    const catalogue = await deps.apartments.list();
    const reading = await readingPms(() => readPms(pms, catalogue));
    const brought = await bringCatalogue(deps.apartments, {
      empresaId: deps.empresaId,
      apartments: reading.incoming,
      origin: pms.proveedor,
      gone: reading.gone,
      now: toOffsetIso(deps.clock.now()),
      newId: deps.ids.uuid,
    });
    return resultOf(reading, brought);
  } catch (thrown) {
    // It is told in the log before it is told to the caller.
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
}

async function readPms({ proveedor, client }: ConnectedPms, catalogue: readonly Apartment[]): Promise<Reading> {
  const described = catalogue.filter(({ direccion, ciudad }) => direccion !== null || ciudad !== null);
  const listed = await client.listApartments(new Set(described.flatMap(({ id_pms }) => id_pms ?? [])));
  const normalised = incomingApartments(listed, catalogue);
  const { gone, unclear } = await findGone(client, unlisted(proveedor, listed, catalogue), listed.length === 0);
  const name = nameOfPms(proveedor);
  return {
    ...normalised,
    gone,
    warnings: [
      ...(normalised.omitted.length === 0 ? [] : [omittedSentence(name, normalised.omitted.length)]),
      ...(unclear === 0 ? [] : [unclearSentence(name, unclear)]),
    ],
  };
}

function unlisted(
  proveedor: PmsProvider,
  listed: readonly PmsApartment[],
  catalogue: readonly Apartment[],
): readonly string[] {
  const ids = new Set(listed.map(({ id_externo }) => id_externo));
  return catalogue.flatMap(({ activo, pms_origen, id_pms }) =>
    activo && pms_origen === proveedor && id_pms !== null && !ids.has(id_pms) ? [id_pms] : [],
  );
}

/** Absence from one list proves nothing, and a list without a single dwelling even less. */
async function findGone(client: PmsClient, candidates: readonly string[], isEmptyList: boolean) {
  const nothing = { gone: new Set<string>(), unclear: candidates.length };
  if (candidates.length === 0 || isEmptyList) return nothing;
  try {
    const gone = await client.confirmGone(candidates);
    return { gone, unclear: candidates.length - gone.size };
  } catch (thrown) {
    if (thrown instanceof PmsFailed) return nothing;
    throw thrown;
  }
}

function omittedSentence(name: string, count: number): string {
  return `${name} no ha dado los datos de algunos apartamentos (${count}): quedan como estaban. Sincroniza más tarde.`;
}

function unclearSentence(name: string, count: number): string {
  return `Hay apartamentos (${count}) que ${name} no ha listado sin confirmar que ya no existan: siguen activos.`;
}

function resultOf({ incoming, omitted, warnings }: Reading, { outcomes, deactivated }: Brought) {
  const timesOf = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
  const nuevos = timesOf('nuevo');
  return {
    total: incoming.length,
    nuevos,
    actualizados: incoming.length - nuevos,
    sin_cambios: timesOf('sin_cambios'),
    desactivados: deactivated.map(({ id, id_pms, nombre }) => ({ id, id_pms, nombre })),
    omitidos: [...omitted],
    warnings: [...warnings],
  };
}

type LoggedOutcome = Pick<SyncLogEntry, 'estado' | 'num_registros' | 'recuentos' | 'detalle'>;

function logged(outcome: AppError | ReturnType<typeof resultOf>): LoggedOutcome {
  if (outcome instanceof AppError) {
    return { estado: 'error', num_registros: null, recuentos: {}, detalle: outcome.message };
  }
  const { total, nuevos, actualizados, sin_cambios, desactivados, omitidos, warnings } = outcome;
  const recuentos = { nuevos, actualizados, sin_cambios, desactivados: desactivados.length, omitidos: omitidos.length };
  const detalle = [
    `${nuevos} nuevos, ${actualizados} actualizados, ${desactivados.length} desactivados.`,
    ...warnings,
  ].join(' ');
  return { estado: warnings.length > 0 ? 'parcial' : 'exito', num_registros: total, recuentos, detalle };
}
