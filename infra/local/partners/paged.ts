/** One page of `rows`, counted from 1. */
export function pageOf<T>(rows: readonly T[], page: number, size: number): readonly T[] {
  return rows.slice((page - 1) * size, page * size);
}

/** A whole number of a query, or `otherwise`; never above `most`. */
export function wholeNumber(query: URLSearchParams, name: string, otherwise: number, most = Infinity): number {
  const value = Number(query.get(name) ?? otherwise);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, most) : otherwise;
}

/** True when `date` lies within the two parameters, each of which may be absent. */
export function isWithin(date: string, query: URLSearchParams, from: string, to: string): boolean {
  return date >= (query.get(from) ?? '') && date <= (query.get(to) ?? '9999-12-31');
}

/** `YYYY-MM-DD` some days after an instant, in UTC: near enough for what a stand-in begins with. */
export function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
