import type { HttpEvent } from './exchange.ts';
import type { NumberedPage } from './numbered-list.ts';

/**
 * An absolute address of our own, built from the configured base and never from what a client sends
 * (`aristay.md` §1.4).
 * @param base e.g. `https://api.example.com/api`
 * @param path e.g. `/api/properties/`
 */
export function publicAddress(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}${path.replace(/^\/api(?=\/|$)/, '')}`;
}

function pageAddress(base: string, event: HttpEvent, page: number): string {
  const path = event.rawPath.endsWith('/') ? event.rawPath : `${event.rawPath}/`;
  const query = new URLSearchParams(event.rawQueryString);
  query.delete('page');
  // The address of the first page says nothing of pages.
  if (page > 1) query.set('page', String(page));
  query.sort();
  const text = query.toString();
  return publicAddress(base, path) + (text === '' ? '' : `?${text}`);
}

/** The envelope of one page, with links that keep every other parameter of the call. */
export function pageEnvelope<T>(page: NumberedPage<T>, event: HttpEvent, base: string) {
  const last = Math.max(1, Math.ceil(page.count / page.page_size));
  return {
    count: page.count,
    next: page.page < last ? pageAddress(base, event, page.page + 1) : null,
    previous: page.page > 1 ? pageAddress(base, event, page.page - 1) : null,
    results: page.results,
  };
}
