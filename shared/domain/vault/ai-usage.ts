import * as z from 'zod';
import { AI_VENDORS } from '../../platform/ai/ai-client.ts';
import { addDays } from '../../platform/calendar/calendar-date.ts';

/** What AI is used for. */
export const AI_ACTIONS = ['mejorar', 'traducir'] as const;
export type AiAction = (typeof AI_ACTIONS)[number];

/** Days that the weekly allowance looks back on, today included. */
const WEEK_DAYS = 7;
/** A reservation older than this belongs to a call that has died: no call lives so long. */
const RESERVED_MS = 60_000;

/** How often a company may use the shared tier (`stay-sidekick.md` §6.6). */
export interface AiLimits {
  readonly daily: number;
  readonly weekly: number;
}

/**
 * The use that a company makes of the shared tier: successful calls by the company's own calendar day, and those under
 * way. One row, so that one conditional write decides whether there is room.
 */
export const usageWindow = z.object({
  /** Successful calls by day, `YYYY-MM-DD`. */
  dias: z.record(z.string(), z.int().nonnegative()),
  /** Calls under way by id: the day that they count for, and until when they hold their place (epoch ms). */
  reservas: z.record(z.string(), z.object({ fecha: z.string(), hasta: z.number() })),
  /** Goes up with every write. */
  version: z.int().nonnegative(),
});
export type UsageWindow = z.infer<typeof usageWindow>;

export const NO_USAGE: UsageWindow = { dias: {}, reservas: {}, version: 0 };

/** A day and an instant on it, as the company's clocks have them. */
export interface UsageMoment {
  /** `YYYY-MM-DD` in the company's zone (D-41). */
  readonly today: string;
  readonly now: Date;
}

/** Successful calls, as the panel shows them. */
export function usageOf(
  { dias }: UsageWindow,
  today: string,
): { readonly uso_hoy: number; readonly uso_semana: number } {
  return { uso_hoy: dias[today] ?? 0, uso_semana: sumOf(Object.entries(dias), today) };
}

/** Room was found, or which allowance is used up and on which day there is some again. */
export type Reservation =
  | { readonly kind: 'reserved'; readonly window: UsageWindow }
  | { readonly kind: 'full'; readonly limit: 'diario' | 'semanal'; readonly until: string };

/** Takes a place for a call before it is made, so that parallel calls cannot overshoot (D-46). */
export function reserve(window: UsageWindow, id: string, limits: AiLimits, { today, now }: UsageMoment): Reservation {
  const standing = Object.entries(window.reservas).filter(([, { hasta }]) => hasta > now.getTime());
  // A day that lies ahead is kept: the company may have moved to a zone where it has not come yet.
  const dias = Object.entries(window.dias).filter(([day]) => day > addDays(today, -WEEK_DAYS));
  const taken = [...dias, ...standing.map(([, { fecha }]) => [fecha, 1] as const)];
  const todays = taken.reduce((sum, [day, calls]) => sum + (day === today ? calls : 0), 0);
  if (todays >= limits.daily) return { kind: 'full', limit: 'diario', until: addDays(today, 1) };
  if (sumOf(taken, today) >= limits.weekly) {
    return { kind: 'full', limit: 'semanal', until: dayWithRoom(taken, limits.weekly, today) };
  }
  const reservas = Object.fromEntries([...standing, [id, { fecha: today, hasta: now.getTime() + RESERVED_MS }]]);
  return { kind: 'reserved', window: { dias: Object.fromEntries(dias), reservas, version: window.version + 1 } };
}

/** The first day on which so much of the week has fallen out of sight that a call fits again. */
function dayWithRoom(taken: readonly (readonly [string, number])[], weekly: number, today: string): string {
  const coming = Array.from({ length: WEEK_DAYS }, (_, ahead) => addDays(today, ahead + 1));
  return coming.find((day) => sumOf(taken, day) < weekly) ?? addDays(today, WEEK_DAYS);
}

function isWithinWeek(day: string, today: string): boolean {
  return day <= today && day > addDays(today, -WEEK_DAYS);
}

function sumOf(days: readonly (readonly [string, number])[], today: string): number {
  return days.reduce((sum, [day, calls]) => sum + (isWithinWeek(day, today) ? calls : 0), 0);
}

const tokens = z.object({
  entrada: z.int(),
  salida: z.int(),
  cache: z.int(),
  razonamiento: z.int(),
  total: z.int(),
});

/** One answer of an AI service, whoever paid for it: what the operator's bill and an audit are held against. */
export const aiCall = z.object({
  id: z.string(),
  accion: z.enum(AI_ACTIONS),
  /** `YYYY-MM-DD` in the company's zone. */
  fecha: z.string(),
  proveedor: z.enum(AI_VENDORS),
  modelo: z.string(),
  /** Calls with a company's own key are kept apart and count against no allowance (S-14). */
  clave: z.enum(['compartida', 'propia']),
  resultado: z.enum(['aceptada', 'rechazada']),
  /** Null when the vendor told nothing. */
  tokens: tokens.nullable(),
});
export type AiCallRecord = z.infer<typeof aiCall>;
