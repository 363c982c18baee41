import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition } from '../../platform/tenant/tenant-partition.ts';
import type { SystemPromptName } from './system-prompt.ts';

/** The override of one prompt, for all tenants: `P#SYSTEM_PROMPT#<name>` / `PROMPT`. */
export function systemPromptKey(name: SystemPromptName): Key {
  return { pk: platformPartition('SYSTEM_PROMPT', name), sk: 'PROMPT' };
}
