import type { WatchedClient } from '../watched-client.ts';

/** An event as `GET /api/events/` shows it, with what the invariants look at. */
export interface LoggedEvent {
  readonly number: number;
  readonly id: string;
  readonly type: string;
  readonly data: {
    readonly booking?: { readonly id: number };
    readonly task?: { readonly id: number };
    readonly previous_status?: string;
    readonly new_status?: string;
  };
}

/** The events of a company from its first to its last, page by page as a receiver reads them that has missed all. */
export async function wholeLog(client: WatchedClient): Promise<readonly LoggedEvent[]> {
  const log: LoggedEvent[] = [];
  for (;;) {
    const answer = await client.get(`/api/events/?after=${log.at(-1)?.number ?? 0}&page_size=100`);
    if (answer?.status !== 200) throw new Error(`The log answered ${answer?.status}: ${answer?.text}`);
    const page = answer.body.results as readonly LoggedEvent[];
    log.push(...page);
    if (page.length === 0) return log;
  }
}
