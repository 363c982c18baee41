import * as z from 'zod';
import { jsonOf } from '../../platform/outbound/outbound-call.ts';
import type { PmsCredentialOf } from './pms-credential.ts';
import type { Ask, Trial } from './pms-trial.ts';

const token = z.object({ access_token: z.string().min(1) });
/** Some accounts wrap it (`integrations.md` §1.3.1). */
const tokenAnswer = z.union([token, z.object({ result: token })]);

/** `POST /accessTokens`: there is no cheaper call, and the secret opens nothing else. */
export async function tryHostaway(ask: Ask, base: string, credential: PmsCredentialOf<'hostaway'>): Promise<Trial> {
  const { account, secret } = credential;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: account,
    client_secret: secret,
    scope: 'general',
  });
  const answer = await ask({
    method: 'POST',
    address: `${base}/accessTokens`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  if (answer.status === 401) return { verified: false, credential, account: null };
  const isToken = answer.status === 200 && tokenAnswer.safeParse(jsonOf(answer)).success;
  return isToken ? { verified: true, credential, account } : { verified: null, credential, account: null };
}
