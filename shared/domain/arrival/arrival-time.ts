/** `H:MM` or `HH:MM`, then anything that does not go on with the number: seconds, `h`, a meridiem. */
const CLOCK = /^(\d{1,2}):(\d{2})(?!\d)(.*)$/s;
const MERIDIEM = /^(?::\d{2})?\s*([ap])\.?\s*m\b/i;

/**
 * Reads the hour a person or a system wrote (`stay-sidekick.md` §5.3, D-25): `HH:MM`, `H:MM` (zero-padded) and
 * `HH:MM:SS` (cut), from 00:00 to 23:59. A twelve-hour suffix is obeyed: `10:30 PM` taken for half past ten in the
 * morning would turn a late arrival into one on time.
 *
 * @returns `HH:MM`, or null for free text, bare numbers and hours that no clock shows
 * @example parseArrivalTime('9:30') // '09:30'
 */
export function parseArrivalTime(text: string): string | null {
  const match = CLOCK.exec(text.trim());
  if (match === null) return null;
  const [, hours = '', minutes = '', rest = ''] = match;
  const hour = toTwentyFour(Number(hours), MERIDIEM.exec(rest)?.[1]?.toLowerCase());
  if (hour > 23 || Number(minutes) > 59) return null;
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** `0:30 PM` and `22:30 PM` already say which half of the day they mean. */
function toTwentyFour(hour: number, meridiem: string | undefined): number {
  if (meridiem === undefined || hour < 1 || hour > 12) return hour;
  return (hour % 12) + (meridiem === 'p' ? 12 : 0);
}
