import * as z from 'zod';
import { jsonOf } from '../../platform/outbound/outbound-call.ts';
import type { PmsCredentialOf } from './pms-credential.ts';
import type { Ask, Trial } from './pms-trial.ts';
import { smoobuHeaders } from './smoobu-signature.ts';

const me = z.object({ id: z.int() });

/** `GET /api/me` (`integrations.md` §1.1.1): signed, or with the old header for a key without a secret; never both. */
export async function trySmoobu(
  ask: Ask,
  base: string,
  credential: PmsCredentialOf<'smoobu'>,
  call: { readonly now: Date; readonly nonce: string },
): Promise<Trial> {
  const address = `${base}/api/me`;
  const { key, secret } = credential;
  const headers =
    secret === null
      ? { 'Api-Key': key }
      : smoobuHeaders({ key, secret }, { method: 'GET', path: new URL(address).pathname, ...call });
  const answer = await ask({ method: 'GET', address, headers });
  if (answer.status === 401) return { verified: false, credential, account: null };
  const account = answer.status === 200 ? me.safeParse(jsonOf(answer)).data : undefined;
  if (account === undefined) return { verified: null, credential, account: null };
  return { verified: true, credential, account: String(account.id) };
}
