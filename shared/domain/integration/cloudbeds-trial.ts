import * as z from 'zod';
import { jsonOf } from '../../platform/outbound/outbound-call.ts';
import type { PmsCredentialOf } from './pms-credential.ts';
import type { Ask, Trial } from './pms-trial.ts';

/** Errors of theirs come as 200 with `success: false`, which does not parse as this (`integrations.md` §1.4.4). */
const hotels = z.object({
  success: z.literal(true),
  data: z.array(z.object({ propertyID: z.coerce.string() })),
});

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
  const listed = answer.status === 200 ? hotels.safeParse(jsonOf(answer)).data?.data : undefined;
  if (listed === undefined) return { verified: null, credential, account: null };
  const found = property === null ? listed[0] : listed.find(({ propertyID }) => propertyID === property);
  if (found !== undefined) return { verified: true, credential, account: found.propertyID };
  return { verified: property === null, credential, account: null };
}
