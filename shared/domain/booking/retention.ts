/**
 * When a booking goes for good: as many months after check-out as the company keeps bookings (ruling 8), in epoch
 * seconds. The last day of a shorter month stands for a day that it lacks.
 *
 * @param checkOut UTC instant
 * @example expiryOf('2024-08-31T10:00:00Z', 18) // 2026-02-28T10:00:00Z
 */
export function expiryOf(checkOut: string, months: number): number {
  const leaving = new Date(checkOut);
  const monthsSinceZero = leaving.getUTCFullYear() * 12 + leaving.getUTCMonth() + months;
  const [year, month] = [Math.floor(monthsSinceZero / 12), monthsSinceZero % 12];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(leaving.getUTCDate(), lastDay);
  return (Date.UTC(year, month, day) + (leaving.getTime() % 86_400_000)) / 1000;
}
