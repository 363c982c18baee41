import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { messageFor } from '../../../shared/domain/arrival/arrival-message.ts';
import { toArrivalView } from '../../../shared/domain/arrival/arrival-view.ts';
import { type Arrival, arrivalsOnDate } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { serviceDateOf } from '../../../shared/domain/arrival/service-day.ts';
import {
  type FeedName,
  type FeedReading,
  readFeeds,
  reservationsIn,
} from '../../../shared/domain/arrival-feed/arrival-feed.ts';
import { viewOfReading } from '../../../shared/domain/arrival-feed/feed-age.ts';
import { type FeedDeps, tenantFeeds } from '../../../shared/domain/arrival-feed/tenant-feeds.ts';
import type { CompanyAtWork } from '../../../shared/domain/company/company.repository.ts';
import type { ReservationSource } from '../../../shared/domain/reservation/reservation.ts';
import { lateCheckinList, type Template } from '../../../shared/domain/template/template.ts';
import { isCalendarDate } from '../../../shared/platform/calendar/calendar-date.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { StatusQuery } from '../schemas.ts';

export interface StatusDeps {
  readonly company: { findAtWork(): Promise<CompanyAtWork | undefined> };
  readonly apartments: { list(): Promise<readonly Apartment[]> };
  readonly templates: { listLateCheckin(): Promise<readonly Template[]> };
  readonly feedStates: {
    lastRead(name: FeedName): Promise<Date | undefined>;
    remember(name: FeedName, readAt: Date): Promise<void>;
  };
  /** What the sources are read through, for a company in this zone. */
  readonly feeds: (zone: string) => FeedDeps;
  readonly now: Date;
  readonly log: Log;
}

const FEED_OF: Readonly<Record<ReservationSource, FeedName | undefined>> = {
  arrivals_file: 'ficheros',
  booking: 'reservas',
  pms: 'pms',
  ical: 'reservas',
};

/**
 * The arrivals of a day (`stay-sidekick.md` §4.8): all of them, by source and together, with the age of each source.
 * A source that fails takes nothing away from the others.
 */
export async function readStatus(deps: StatusDeps, query: StatusQuery) {
  const { company, apartments, templates, now, log } = deps;
  const [atWork, catalogue, texts] = await Promise.all([
    company.findAtWork(),
    apartments.list(),
    templates.listLateCheckin(),
  ]);
  if (atWork === undefined) throw new AppError('not_found', 'Tu empresa ya no existe.');
  const zone = atWork.company.zona_horaria;
  const today = serviceDateOf(now, zone);
  const day = query.fecha !== undefined && isCalendarDate(query.fecha) ? query.fecha : today;
  const readings = await readFeeds(tenantFeeds(deps.feeds(zone)), day, log);
  const cutoff = atWork.lateCheckin.hora_corte;
  const context = { template: textOf(texts, query.plantilla), today, companyName: atWork.company.nombre };
  const shown = (arrival: Arrival) => ({ ...toArrivalView(arrival), mensaje: messageFor(arrival, context) });
  const arrivalsIn = (chosen: readonly FeedReading[]) =>
    arrivalsOnDate(reservationsIn(chosen), { cutoff, catalogue }, day).arrivals;
  const pms = readings.find(({ fuente }) => fuente === 'pms');
  return ok({
    fecha: day,
    // All mail of the platform leaves through Mailgun (ruling 19).
    gmail_configurado: false,
    pms_configurado: pms?.estado !== 'sin_conectar',
    pms_error: pms?.estado === 'fallida' ? pms.error : null,
    hora_corte: cutoff,
    apartamentos: catalogue.filter(({ activo }) => activo).map(({ id, nombre, ciudad }) => ({ id, nombre, ciudad })),
    reservas_pms: arrivalsIn(pms === undefined ? [] : [pms]).map(shown),
    llegadas: arrivalsIn(readings).map((arrival) => ({ ...shown(arrival), fuentes: feedsOf(arrival) })),
    fuentes: await Promise.all(readings.map((reading) => aged(deps, reading))),
  });
}

/** The text asked for; the oldest one where none is, or where it is not there any more. */
function textOf(texts: readonly Template[], id: string | undefined): string | null {
  const [oldest] = lateCheckinList(texts);
  return (texts.find((text) => text.id === id) ?? oldest)?.contenido ?? null;
}

function feedsOf({ sources }: Arrival): FeedName[] {
  return [...new Set(sources.flatMap((source) => FEED_OF[source] ?? []))];
}

/** A PMS that was read well is remembered, so that its age can be told when it fails. */
async function aged({ feedStates, now }: StatusDeps, reading: FeedReading) {
  if (reading.fuente === 'pms' && reading.estado === 'leida') await feedStates.remember('pms', now);
  const lastGood = reading.estado === 'fallida' ? await feedStates.lastRead(reading.fuente) : undefined;
  return viewOfReading(reading, now, lastGood);
}
