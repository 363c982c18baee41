import type { NewEvent } from '../../shared/domain/event/event-types.ts';

/** The event of `aristay.md` §8.1's sample body. */
export const TASK_STARTED: NewEvent = {
  type: 'task.status_changed',
  data: {
    task: {
      id: 12,
      title: 'Turnover clean',
      status: 'in-progress',
      task_type: 'cleaning',
      priority: 'high',
      property: 3,
      property_name: 'Lake House',
      assigned_to: 41,
      due_date: '2025-10-02T15:00:00Z',
    },
    previous_status: 'pending',
    new_status: 'in-progress',
    changed_by: { id: 41, username: 'maria' },
    changed_at: '2025-10-02T13:00:00Z',
  },
};

/** A booking as `aristay.md` S17 shows one. */
export function bookingCreated(id: number, guestName = 'A. Guest'): NewEvent {
  const booking = {
    id,
    external_code: `HM${id}`,
    source: 'airbnb',
    guest_name: guestName,
    check_in_date: '2025-10-01T19:00:00Z',
    check_out_date: '2025-10-04T15:00:00Z',
    property: 3,
    property_name: 'Lake House',
    unit: '101',
    status: 'confirmed',
    total_nights: 3,
    created_at: '2025-09-12T08:00:00Z',
  };
  return { type: 'booking.created', data: { booking, origin: 'api' } };
}
