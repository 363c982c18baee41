import type { Table, Write } from '../../platform/dynamo/table.ts';
import { systemPromptKey } from './system-prompt.keys.ts';
import { type SystemPrompt, type SystemPromptName, systemPrompt } from './system-prompt.ts';

/**
 * Overrides of the prompts, the platform's own. Nobody remembers them: one read before a call that takes seconds, and
 * a new one is in use everywhere from the next call on (D-49).
 */
export class SystemPromptRepository {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(name: SystemPromptName): Promise<SystemPrompt | undefined> {
    const row = await this.#table.get(systemPromptKey(name), { consistent: true });
    return row && systemPrompt.parse(row);
  }

  /** The write that puts an override in place of whatever stood there, to be committed with its audit entry. */
  saving(prompt: SystemPrompt): Write {
    return { kind: 'put', item: { ...systemPromptKey(prompt.nombre), ...prompt } };
  }
}
