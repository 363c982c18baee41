import { randomUUID } from 'node:crypto';
import type { ScheduleDefinition } from '../template/schedules.ts';
import type { Place } from '../template/template.ts';

/**
 * What EventBridge Scheduler hands to a function: the schedule's own input with the scheduler's keywords filled in,
 * or its standard event (user guide, "Adding context attributes").
 *
 * @throws SyntaxError when the input is not JSON
 */
export function scheduledEvent(schedule: ScheduleDefinition, dueAt: Date, place: Place): unknown {
  const time = `${dueAt.toISOString().slice(0, 19)}Z`;
  const executionId = randomUUID();
  if (schedule.input === undefined) {
    return {
      version: '0',
      id: executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: place.account,
      time,
      region: place.region,
      resources: [schedule.arn],
      detail: '{}',
    };
  }
  return JSON.parse(
    schedule.input
      .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
      .replaceAll('<aws.scheduler.scheduled-time>', time)
      .replaceAll('<aws.scheduler.execution-id>', executionId)
      .replaceAll('<aws.scheduler.attempt-number>', '1'),
  );
}
