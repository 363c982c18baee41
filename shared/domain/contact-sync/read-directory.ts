import type { Clock } from '../../platform/clock/clock.ts';
import type { Ids } from '../../platform/ids/ids.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { GoogleAccount } from '../google/google-account.ts';
import type { KnownContacts } from '../google/google-connection.ts';
import { GoogleFailed } from '../google/google-failed.ts';
import type { PersonPage } from '../google/people-client.ts';
import { ContactLinkRepository } from './contact-link.repository.ts';
import { ContactDirectory, changesOf, type Prints } from './contact-link.ts';

export interface DirectoryDeps {
  readonly scope: TenantScope;
  readonly account: GoogleAccount;
  readonly prints: Prints;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What is known of the account's contacts, with the place where changes of it are noted. */
export interface OpenDirectory {
  readonly directory: ContactDirectory;
  readonly links: ContactLinkRepository;
}

/** Google forgets a sync token after seven days, and the rows of a read last for eight. */
const GENERATION_MS = 6 * 86_400_000;
/** Paging that does not come to an end is a fault (`integrations.md` §0.2). */
const MOST_PAGES = 500;

/**
 * The account's contacts as they are now: what changed since the last read where Google still knows it, else all of
 * them. Full reads come at least every six days, which also mends whatever went astray.
 * @throws GoogleFailed
 */
export async function readDirectory(deps: DirectoryDeps): Promise<OpenDirectory> {
  const { known } = deps.account;
  if (known !== null && deps.clock.now().getTime() - Date.parse(known.since) < GENERATION_MS) {
    try {
      return await readChanges(deps, known);
    } catch (thrown) {
      if (!(thrown instanceof GoogleFailed && thrown.problem === 'SYNC_TOKEN_EXPIRED')) throw thrown;
    }
  }
  return readAll(deps);
}

async function readChanges(deps: DirectoryDeps, known: KnownContacts): Promise<OpenDirectory> {
  const directory = new ContactDirectory();
  const links = new ContactLinkRepository(deps.scope, known.generation);
  for await (const change of links.read()) directory.apply(change);
  await takePages(deps, { directory, links }, known, known.sync_token);
  return { directory, links };
}

async function readAll(deps: DirectoryDeps): Promise<OpenDirectory> {
  const now = deps.clock.now();
  const known = { generation: deps.ids.next('gen', now), since: now.toISOString() };
  const open = { directory: new ContactDirectory(), links: new ContactLinkRepository(deps.scope, known.generation) };
  await takePages(deps, open, known);
  return open;
}

/** Notes what every page says; where the last one ended is noted after its content, so that nothing is passed over. */
async function takePages(
  { account, prints, clock }: DirectoryDeps,
  { directory, links }: OpenDirectory,
  known: Omit<KnownContacts, 'sync_token'>,
  syncToken?: string,
): Promise<void> {
  let pageToken: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page: PersonPage = await account.people.list({
      ...(syncToken !== undefined && { syncToken }),
      ...(pageToken !== undefined && { pageToken }),
    });
    const changes = changesOf(page.people, prints);
    for (const change of changes) directory.apply(change);
    await links.add(changes, clock.now());
    if (page.pageToken === undefined) {
      if (page.syncToken !== undefined) await account.keepKnown({ ...known, sync_token: page.syncToken });
      return;
    }
    pageToken = page.pageToken;
  }
  throw new GoogleFailed('BAD_RESPONSE');
}
