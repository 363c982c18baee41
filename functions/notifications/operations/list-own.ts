import type { Notification } from '../../../shared/domain/notification/notification.ts';
import { type ListAsked, type NumberedPage, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import { shownNotification } from '../aristay-schemas.ts';

interface Deps {
  readonly notifications: { list(userId: string): Promise<readonly Notification[]> };
}

interface Asked extends ListAsked<'created_at'> {
  readonly is_read?: boolean | undefined;
  /** The original's name of the same filter. */
  readonly read?: boolean | undefined;
}

/**
 * One numbered page of a person's own notifications (`aristay.md` §9.7, C53).
 * @throws AppError `not_found` for a page that does not exist
 */
export async function listOwn(
  { notifications }: Deps,
  userId: string,
  asked: Asked,
): Promise<NumberedPage<ReturnType<typeof shownNotification>>> {
  const wanted = asked.is_read ?? asked.read;
  const newest = await notifications.list(userId);
  const found = wanted === undefined ? newest : newest.filter(({ is_read }) => is_read === wanted);
  const ordered = asked.ordering[0]?.descending === false ? found.toReversed() : found;
  const page = pageOf(ordered, asked);
  return { ...page, results: page.results.map(shownNotification) };
}
