import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { FUNCTION_LIST } from './functions.ts';
import type { Names } from './names.ts';

/** Every dead-letter queue by its name: of each queue, and of each function that is called asynchronously. */
export function deadLettersOf(names: Names): readonly string[] {
  const asynchronous = FUNCTION_LIST.flatMap(([name, { trigger }]) =>
    trigger.kind === 'objects' || trigger.kind === 'schedule' ? [names.deadLetters(name)] : [],
  );
  return [...QUEUE_NAMES.map(names.deadLetters), ...asynchronous];
}
