import * as z from 'zod';
import { jsonOf } from '../../platform/outbound/outbound-call.ts';
import type { PmsCredentialOf } from './pms-credential.ts';
import type { Ask, Trial } from './pms-trial.ts';

/** Errors of theirs come as 200 with `success: false` (`integrations.md` §1.4.4). */
const hotels = z.discriminatedUnion('success', [
  z.object({ success: z.literal(true), data: z.array(z.object({ propertyID: z.coerce.string() })) }),
  z.object({ success: z.literal(false), message: z.string() }),
]);

/** Says that no property of the key is meant; other errors say nothing of the key. */
const NOT_ITS_PROPERTY = /\bpropert(y|ies)\b/i;

/** `GET /getHotels`: a key that does not reach the property that it is pinned to is of no use. */
export async function tryCloudbeds(ask: Ask, base: string, credential: PmsCredentialOf<'cloudbeds'>): Promise<Trial> {
  const { key, property } = credential;
  const query = property === null ? '' : `?${new URLSearchParams({ propertyIDs: property })}`;
  const answer = await ask({
    method: 'GET',
    address: `${base}/getHotels${query}`,
    headers: { 'x-api-key': key, ...(property !== null && { 'X-PROPERTY-ID': property }) },
  });
  if (answer.status === 401) return { verified: false, credential, account: null };
  const listed = answer.status === 200 ? hotels.safeParse(jsonOf(answer)).data : undefined;
  if (!listed?.success) {
    const isElsewhere = property !== null && NOT_ITS_PROPERTY.test(listed?.message ?? '');
    return { verified: isElsewhere ? false : null, credential, account: null };
  }
  const found = listed.data.find(({ propertyID }) => property === null || propertyID === property);
  return { verified: property === null || found !== undefined, credential, account: found?.propertyID ?? null };
}
