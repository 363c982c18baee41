import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { PartnerData } from './partner-data.ts';

const CONTACTS_SCOPE = 'https://www.googleapis.com/auth/contacts';
/** Accounts that people can choose on the consent page, unless the data say otherwise. */
export const GOOGLE_ACCOUNT = 'demo.contactos@example.com';
const SYNC_TOKEN_LIFE_MS = 7 * 86_400_000;

const phone = z.object({ value: z.string(), type: z.string().default('mobile') });
const labelled = z.object({ value: z.string(), type: z.string() });

/** One contact as it is set and shown. */
const contact = z.strictObject({
  resourceName: z
    .string()
    .regex(/^people\/c\w+$/)
    .optional(),
  givenName: z.string().default(''),
  familyName: z.string().default(''),
  phoneNumbers: z.array(phone).default([]),
  externalIds: z.array(labelled).default([]),
});

const account = z.strictObject({ email: z.string(), contacts: z.array(contact).default([]) });

const settings = z.strictObject({
  accounts: z.array(account).min(1),
  /** Refresh tokens that are open, with their account; one that is left out has been revoked. */
  grants: z.array(z.strictObject({ account: z.string(), refresh_token: z.string() })),
  /** What a program that opens the consent page decides; a person sees the page. */
  consent: z.strictObject({
    account: z.string().default(GOOGLE_ACCOUNT),
    decision: z.enum(['allow', 'deny', 'without_contacts']).default('allow'),
  }),
  /** The next so many updates meet a contact that somebody has just changed; how Google says so. */
  conflicts: z.strictObject({ times: z.int().nonnegative(), as: z.enum(['status', '400', '412']).default('status') }),
  /** Sync tokens given out so far are refused as too old. */
  expired_sync_tokens: z.boolean(),
});
type Settings = z.output<typeof settings>;

/** A contact as it is kept. `version` is the number of its last change. */
export interface StoredContact extends Omit<z.output<typeof contact>, 'resourceName'> {
  readonly resourceName: string;
  readonly version: number;
  readonly deleted: boolean;
}

interface Grant {
  readonly account: string;
  readonly refreshToken: string;
  readonly scope: string;
}

interface AccessToken {
  readonly grant: Grant;
  readonly until: number;
}

interface Account {
  readonly email: string;
  readonly contacts: Map<string, StoredContact>;
}

/** What is the same for the three addresses of Google: accounts, grants, contacts. */
export class GoogleWorld {
  readonly #now: () => Date;
  readonly #accounts = new Map<string, Account>();
  readonly #grants = new Map<string, Grant>();
  readonly #access = new Map<string, AccessToken>();
  #consent: Settings['consent'] = { account: GOOGLE_ACCOUNT, decision: 'allow' };
  #conflicts: Settings['conflicts'] = { times: 0, as: 'status' };
  #version = 0;
  #oldest = 0;

  constructor(now: () => Date) {
    this.#now = now;
    this.reset();
  }

  /** For `/_local/partners/google-*`. */
  readonly data: PartnerData = {
    get: () => this.#shown(),
    merge: (parts) => this.#set(settings.parse({ ...this.#shown(), ...parts }), Object.keys(parts)),
    reset: () => this.reset(),
  };

  reset(): void {
    this.#grants.clear();
    this.#access.clear();
    this.#accounts.clear();
    this.#accounts.set(GOOGLE_ACCOUNT, { email: GOOGLE_ACCOUNT, contacts: new Map() });
    this.#consent = { account: GOOGLE_ACCOUNT, decision: 'allow' };
    this.#conflicts = { times: 0, as: 'status' };
  }

  get emails(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  get consent(): Settings['consent'] {
    return this.#consent;
  }

  grant(email: string, scope: string): Grant {
    const refreshToken = `1//${randomBytes(24).toString('base64url')}`;
    const grant = { account: email, refreshToken, scope };
    this.#grants.set(refreshToken, grant);
    return grant;
  }

  /** A new access token of a grant that is open. */
  access(refreshToken: string, lifeSeconds: number): { readonly token: string; readonly grant: Grant } | undefined {
    const grant = this.#grants.get(refreshToken);
    if (grant === undefined) return undefined;
    const token = `ya29.${randomBytes(24).toString('base64url')}`;
    this.#access.set(token, { grant, until: this.#now().getTime() + lifeSeconds * 1000 });
    return { token, grant };
  }

  /** Ends a grant by either of its tokens; false when there is none. */
  revoke(token: string): boolean {
    const refreshToken = this.#grants.get(token)?.refreshToken ?? this.#access.get(token)?.grant.refreshToken;
    return refreshToken !== undefined && this.#grants.delete(refreshToken);
  }

  /** Whose contacts a token opens; `scope` when it opens other things. */
  opened(token: string | undefined): Account | 'scope' | undefined {
    const access = this.#access.get(token ?? '');
    if (access === undefined || access.until <= this.#now().getTime()) return undefined;
    if (!this.#grants.has(access.grant.refreshToken)) return undefined;
    if (!access.grant.scope.split(' ').includes(CONTACTS_SCOPE)) return 'scope';
    return this.#accounts.get(access.grant.account);
  }

  put({ contacts }: Account, changed: Omit<StoredContact, 'version' | 'deleted'>): StoredContact {
    this.#version += 1;
    const stored = { ...changed, version: this.#version, deleted: false };
    contacts.set(stored.resourceName, stored);
    return stored;
  }

  /** As the next id of Google's would be. */
  newName(): string {
    return `people/c${randomBytes(9).readBigUInt64BE().toString()}`;
  }

  /** The contact as it stands now, which may be another than was read a moment ago. */
  beforeUpdate(
    owner: Account,
    found: StoredContact,
  ): { readonly found: StoredContact; readonly as: Settings['conflicts']['as'] } {
    const { times, as } = this.#conflicts;
    if (times === 0) return { found, as };
    this.#conflicts = { times: times - 1, as };
    return { found: this.put(owner, found), as };
  }

  syncToken(): string {
    return `sync.${this.#version}.${this.#now().getTime()}`;
  }

  /** The change after which a sync token lists; undefined for one that is too old. */
  versionOf(syncToken: string): number | undefined {
    const [, version = '', issued = ''] = syncToken.split('.');
    const age = this.#now().getTime() - Number(issued);
    return Number(version) < this.#oldest || !(age < SYNC_TOKEN_LIFE_MS) ? undefined : Number(version);
  }

  #shown(): Settings {
    const accounts = [...this.#accounts.values()].map(({ email, contacts }) => ({
      email,
      contacts: [...contacts.values()]
        .filter(({ deleted }) => !deleted)
        .map(({ version: _, deleted: __, ...shown }) => shown),
    }));
    const grants = [...this.#grants.values()].map(({ account: email, refreshToken }) => ({
      account: email,
      refresh_token: refreshToken,
    }));
    return { accounts, grants, consent: this.#consent, conflicts: this.#conflicts, expired_sync_tokens: false };
  }

  #set(wanted: Settings, named: readonly string[]): void {
    this.#consent = wanted.consent;
    this.#conflicts = wanted.conflicts;
    if (named.includes('accounts')) for (const one of wanted.accounts) this.#setAccount(one);
    if (named.includes('grants')) this.#setGrants(wanted.grants);
    if (wanted.expired_sync_tokens) {
      this.#version += 1;
      this.#oldest = this.#version;
    }
  }

  /** As people change their address book: what is the same stays untouched, what is left out is deleted. */
  #setAccount({ email, contacts }: Settings['accounts'][number]): void {
    const owner = this.#accounts.get(email) ?? { email, contacts: new Map<string, StoredContact>() };
    this.#accounts.set(email, owner);
    const kept = new Set<string>();
    for (const one of contacts) {
      const wanted = { ...one, resourceName: one.resourceName ?? this.newName() };
      kept.add(wanted.resourceName);
      const { version, deleted, ...standing } = owner.contacts.get(wanted.resourceName) ?? {};
      if (deleted !== false || JSON.stringify(sorted(standing)) !== JSON.stringify(sorted(wanted)))
        this.put(owner, wanted);
    }
    for (const [name, found] of owner.contacts) {
      if (kept.has(name) || found.deleted) continue;
      this.#version += 1;
      owner.contacts.set(name, { ...found, version: this.#version, deleted: true });
    }
  }

  #setGrants(wanted: Settings['grants']): void {
    const open = new Set(wanted.map(({ refresh_token }) => refresh_token));
    for (const token of this.#grants.keys()) if (!open.has(token)) this.#grants.delete(token);
    for (const { account: email, refresh_token } of wanted) {
      if (this.#grants.has(refresh_token)) continue;
      this.#grants.set(refresh_token, { account: email, refreshToken: refresh_token, scope: CONTACTS_SCOPE });
    }
  }
}

function sorted(value: object): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
