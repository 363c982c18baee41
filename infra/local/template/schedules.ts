import * as z from 'zod';
import { functionNameOf } from './functions.ts';
import { ofType, readProperties } from './read-properties.ts';
import type { Resource } from './resources.ts';

/** A schedule of EventBridge Scheduler that calls a function. */
export interface ScheduleDefinition {
  readonly name: string;
  readonly arn: string;
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly functionName: string;
  /** Payload as text, with the scheduler's own keywords in it; undefined for the scheduler's own event. */
  readonly input: string | undefined;
}

const scheduleProperties = z.object({
  Name: z.string(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({
    Arn: z.string().regex(/:function:/, 'a schedule can only call a function locally'),
    Input: z.string().optional(),
  }),
});

export function readSchedules(resources: readonly Resource[]): readonly ScheduleDefinition[] {
  return ofType(resources, 'AWS::Scheduler::Schedule').map((resource) => {
    const schedule = readProperties(resource, scheduleProperties);
    return {
      name: schedule.Name,
      arn: resource.arn,
      expression: schedule.ScheduleExpression,
      timeZone: schedule.ScheduleExpressionTimezone,
      enabled: schedule.State === 'ENABLED',
      functionName: functionNameOf(schedule.Target.Arn),
      input: schedule.Target.Input,
    };
  });
}
