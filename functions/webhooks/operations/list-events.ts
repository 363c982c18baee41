import { EventRepository, openEvents } from '../../../shared/domain/event/event.repository.ts';
import { publicAddress } from '../../../shared/platform/http/list-links.ts';
import type { EventsQuery } from '../schemas.ts';
import type { WebhookDeps } from './webhook-deps.ts';

/**
 * Events after the one with a number, oldest first. Numbers have no gaps: when the first one is not the next, what lies
 * between is past its 30 days, and the caller has to read the state anew.
 * @param baseUrl of the absolute link to the next page
 */
export async function listEvents(
  { scope, keys, clock }: Pick<WebhookDeps, 'scope' | 'keys' | 'clock'>,
  baseUrl: string,
  { after, page_size }: EventsQuery,
) {
  const repository = new EventRepository(scope);
  const { number: last } = await repository.findHead();
  const rows = await repository.listBetween(after + 1, last, page_size, clock.now());
  const results = [...(await openEvents(keys, scope, rows))];
  const [first, end] = [rows.at(0)?.number, rows.at(-1)?.number];
  const more = end !== undefined && end < last;
  return {
    count: first === undefined ? 0 : last - first + 1,
    next: more ? `${publicAddress(baseUrl, '/api/events/')}?after=${end}&page_size=${page_size}` : null,
    previous: null,
    results,
    last,
  };
}
