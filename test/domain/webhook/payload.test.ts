import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../shared/domain/event/event.ts';
import { EVENT_TYPES } from '../../../shared/domain/event/event-types.ts';
import { payloadOf, testPayload } from '../../../shared/domain/webhook/payload.ts';
import { bookingCreated, TASK_STARTED } from '../../support/sample-events.ts';

/** The body of `aristay.md` §8.1, with the company's id as it is there. */
const SAMPLE =
  '{"type":"task.status_changed","timestamp":"2025-10-02T13:00:00Z","company_id":"c_01J…","data":{"task":{"id":12,"title":"Turnover clean","status":"in-progress","task_type":"cleaning","priority":"high","property":3,"property_name":"Lake House","assigned_to":41,"due_date":"2025-10-02T15:00:00Z"},"previous_status":"pending","new_status":"in-progress","changed_by":{"id":41,"username":"maria"},"changed_at":"2025-10-02T13:00:00Z"}}';

const common = { timestamp: '2025-10-02T13:00:00Z', company_id: 'c_01J…' };
const data = (event: typeof TASK_STARTED): LoggedEvent['data'] => EVENT_TYPES[event.type].data.parse(event.data);

describe('the body of a delivery', () => {
  it('is the sample of the contract to the byte', () => {
    expect(payloadOf({ type: TASK_STARTED.type, ...common, data: data(TASK_STARTED) })).toBe(SAMPLE);
  });

  it('is the body of the test vector to the byte', () => {
    expect(testPayload('2025-10-02T13:00:00Z', 'c_demo', 'ping')).toBe(
      '{"type":"webhook.test","timestamp":"2025-10-02T13:00:00Z","company_id":"c_demo","data":{"message":"ping"}}',
    );
  });

  it('leaves out free texts when it would be longer than 20 KB, wherever they are', () => {
    const short = { photo: { id: 5, description: 'Kitchen' }, notes: 'n' };
    expect(JSON.parse(payloadOf({ type: 'photo.uploaded', ...common, data: short })).data).toEqual(short);
    const long = { photo: { id: 5, description: 'ñ'.repeat(10_000) }, notes: 'n' };
    const body = payloadOf({ type: 'photo.uploaded', ...common, data: long });
    expect(JSON.parse(body).data).toEqual({ photo: { id: 5 } });
  });
});

describe('the data of an event', () => {
  it('holds the fields of its type and no other', () => {
    const event = bookingCreated(7);
    const more = { ...event, data: { ...event.data, password: 'x' } };
    expect(data(more as typeof event)).toEqual(event.data);
  });
});
