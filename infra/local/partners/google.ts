import { type Codes, googleAccounts, googleOauth } from './google-oauth.ts';
import { googlePeople } from './google-people.ts';
import { GoogleWorld } from './google-world.ts';
import type { Partner } from './partner.ts';
import type { ServiceAccountGrants } from './service-account.ts';

/** Google's three addresses, which share accounts, grants and contacts. */
export function google(options: {
  readonly now: () => Date;
  readonly clientId: string;
  readonly clientSecret: () => string;
  readonly serviceGrants: ServiceAccountGrants;
}): readonly Partner[] {
  const world = new GoogleWorld(options.now);
  const codes: Codes = new Map();
  const oauth = { ...options, world };
  return [googleAccounts(oauth, codes), googleOauth(oauth, codes), googlePeople(world)];
}
