import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { FUNCTION_LIST, type FunctionName } from './functions.ts';
import type { Names } from './names.ts';

/** Every dead-letter queue by its name: of each queue, and of each function that is called asynchronously. */
export function deadLettersOf(names: Names): readonly string[] {
  return [...QUEUE_NAMES, ...calledByEvents()].map(names.deadLetters);
}

/** The functions that nobody waits for: objects and schedules call them, and Lambda keeps their events. */
export function calledByEvents(): readonly FunctionName[] {
  return FUNCTION_LIST.flatMap(([name, { trigger }]) =>
    trigger.kind === 'objects' || trigger.kind === 'schedule' ? [name] : [],
  );
}
