import { ServiceError } from '../aws-json/service-error.ts';
import type { Queue } from './queue.ts';

/** The queues there are. */
export interface QueueDirectory {
  /** Throws `QueueDoesNotExist`. */
  byUrl(url: string): Queue;
  byName(name: string): Queue;
  all(): readonly Queue[];
  urlOf(queue: Queue): string;
}

/** Code of the JSON protocol for an input that does not fit. */
export const SQS_INVALID_CODE = 'InvalidParameterValueException';

/** SQS answers two codes: the one of its JSON protocol and, in a header, the one of the older query protocol. */
export function sqsError(code: string, message: string, queryCode = `AWS.SimpleQueueService.${code}`): ServiceError {
  return new ServiceError(`com.amazonaws.sqs#${code}`, message, { queryCode });
}

export function invalidParameter(reason: string): ServiceError {
  return new ServiceError(SQS_INVALID_CODE, `One or more parameters are invalid. Reason: ${reason}`, {
    queryCode: 'InvalidParameterValue',
  });
}

export function queueDoesNotExist(): ServiceError {
  return sqsError(
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    'AWS.SimpleQueueService.NonExistentQueue',
  );
}
