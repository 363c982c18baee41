/**
 * Milliseconds that a `Retry-After` field asks for: seconds, fractions included, or an HTTP date (RFC 9110 §10.2.3).
 * Undefined when it is neither.
 *
 * @example retryAfterMs('7', now) // 7000
 */
export function retryAfterMs(value: string | null, now: Date): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - now.getTime());
}
