import * as z from 'zod';
import { feedView } from '../arrival-feed/feed-age.ts';

/** Where a run tells of late arrivals: in the app, by mail, in the company's Discord channel. */
export const CHANNELS = ['app', 'correo', 'discord'] as const;
export type Channel = (typeof CHANNELS)[number];

/** One scheduled late check-in run of a company (ruling 13). `notificadas` counts the arrivals notified by this run. */
export const lateRun = z.object({
  id: z.string(),
  inicio: z.string(),
  fin: z.string(),
  fecha_servicio: z.string(),
  llegadas: z.int().nonnegative(),
  tardias: z.int().nonnegative(),
  desconocidas: z.int().nonnegative(),
  notificadas: z.int().nonnegative(),
  errores: z.array(z.string()),
  /** How each connected source answered, and how old what it said was. */
  fuentes: z.array(feedView).default([]),
  /** Where it was told of, each with its outbox entry; a line in the app is written at once and has none. */
  entregas: z.array(z.object({ canal: z.enum(CHANNELS), id: z.string().nullable() })).default([]),
});
export type LateRun = z.infer<typeof lateRun>;

/** The arrivals of a service day that have been notified; `version` is 0 before the first. */
export interface NotifiedArrivals {
  readonly ids: ReadonlySet<string>;
  readonly version: number;
}
