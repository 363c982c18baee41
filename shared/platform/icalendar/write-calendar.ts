import { escapedText, foldedLine } from './content-line.ts';

/** An event of whole days. */
export interface WrittenEvent {
  /** The same for the same event for ever, and unlike any other's in the world. */
  readonly uid: string;
  /** When it was last changed. */
  readonly stamp: Date;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** The day after its last one. */
  readonly until: string;
  readonly summary: string;
}

export interface WrittenCalendar {
  /** `PRODID`, e.g. `-//Stay Ops//Calendar 1.0//EN`. */
  readonly producer: string;
  readonly name: string;
  readonly events: readonly WrittenEvent[];
}

/**
 * An iCalendar text (RFC 5545), the same for the same events: days as `VALUE=DATE`, folded lines, escaped texts. Without
 * a METHOD, DTSTAMP tells when an event was last revised (§3.8.7.2).
 */
export function writeCalendar({ producer, name, events }: WrittenCalendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${escapedText(producer)}`,
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escapedText(name)}`,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map(foldedLine).join('');
}

function eventLines({ uid, stamp, from, until, summary }: WrittenEvent): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escapedText(uid)}`,
    `DTSTAMP:${stamp.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART;VALUE=DATE:${from.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${until.replaceAll('-', '')}`,
    `SUMMARY:${escapedText(summary)}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}
