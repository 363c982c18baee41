import { AppError } from '../errors/app-error.ts';
import { sameText } from './csrf.ts';
import { type HttpEvent, headerOf } from './exchange.ts';

/**
 * Under which the edge shows its key, and tells whose call it passes on (`infra/constructs/public-edge.ts`). CloudFront
 * keeps names with `x-edge-` to itself.
 */
export const EDGE_KEY_HEADER = 'x-origin-key';
export const VIEWER_ADDRESS_HEADER = 'x-viewer-address';

/**
 * Behind an edge: takes the caller's address from it, because the gateway sees the edge's own, on which every limit by
 * address would count all callers as one.
 *
 * @param edgeKey empty where there is no edge; then the event stays as it is, and nobody can name his own address
 * @param refusal said to a caller who went past the edge, and so past its firewall
 * @throws AppError `forbidden`
 */
export function comeThroughEdge(event: HttpEvent, edgeKey: string, refusal: string): void {
  if (edgeKey === '') return;
  if (!sameText(headerOf(event, EDGE_KEY_HEADER) ?? '', edgeKey)) throw new AppError('forbidden', refusal);
  const sourceIp = headerOf(event, VIEWER_ADDRESS_HEADER);
  if (sourceIp) Object.assign(event.requestContext.http, { sourceIp });
}
