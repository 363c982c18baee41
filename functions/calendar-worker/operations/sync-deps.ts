import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { BookingWriter, Commit } from '../../../shared/domain/booking/booking-writer.repository.ts';
import type { CalendarFeed } from '../../../shared/domain/calendar-feed/calendar-feed.ts';
import type { KeptStayRepository } from '../../../shared/domain/calendar-feed/kept-stay.repository.ts';
import type { NewEvent } from '../../../shared/domain/event/event-types.ts';
import type { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';

/** What taking a feed over is handed. */
export interface SyncDeps {
  readonly now: Date;
  readonly properties: PropertyRepository;
  readonly bookings: BookingWriter;
  readonly stays: KeptStayRepository;
  /** Takes consecutive integer ids for new bookings and answers the first. */
  readonly nextIds: (count: number) => Promise<number>;
  readonly newStayId: () => string;
  /** Commits with an entry in the audit trail and the events that follow. */
  readonly committing: (fact: AuditFact, events: readonly NewEvent[]) => Commit;
}

/** The feed with what its company and property settle. */
export interface SyncPlace {
  readonly feed: CalendarFeed;
  /** Slug of the bookings' source. */
  readonly source: string;
  readonly companyZone: string;
  readonly retentionMonths: number;
  /** The service day at the property. */
  readonly today: string;
}
