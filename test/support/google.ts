import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import type { PartnerServer } from '../../infra/local/partners/partner-server.ts';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import type { TestCloud } from './test-cloud.ts';

/** A contact at Google as the stand-in shows it. */
export interface GoogleContact {
  readonly resourceName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly phoneNumbers: readonly { readonly value: string; readonly type: string }[];
}

interface GoogleData {
  readonly accounts: readonly { readonly email: string; readonly contacts: readonly GoogleContact[] }[];
  readonly grants: readonly { readonly account: string; readonly refresh_token: string }[];
}

/** Brings guests, each a name and a number, to Google by way of a workbook. */
export async function syncContacts(
  client: ApiClient,
  guests: readonly (readonly [name: string, phone: string])[],
): Promise<ApiAnswer> {
  const form = new FormData();
  const bytes = await sheetWorkbook([['Huésped', 'Móvil'], ...guests]);
  form.set('file', new Blob([new Uint8Array(bytes)]), 'reservas.xlsx');
  const headers = await client.csrfPair();
  return client.call('POST', '/api/contactos/xlsx/sincronizacion', { raw: form, headers });
}

/** The stand-ins for Google, and what people do at Google. */
export class Google {
  readonly #cloud: TestCloud;

  constructor(cloud: TestCloud) {
    this.#cloud = cloud;
  }

  get accounts(): PartnerServer {
    return this.#partner('google-accounts');
  }

  get oauth(): PartnerServer {
    return this.#partner('google-oauth');
  }

  get people(): PartnerServer {
    return this.#partner('google-people');
  }

  get data(): GoogleData {
    return this.people.data?.get() as GoogleData;
  }

  set(parts: Readonly<Record<string, unknown>>): void {
    this.people.data?.merge(parts);
  }

  reset(): void {
    for (const partner of [this.accounts, this.oauth, this.people]) partner.reset();
  }

  /** Contacts of an account by the name that Google shows. */
  contacts(email = this.data.accounts[0]?.email): readonly GoogleContact[] {
    return this.data.accounts.find((account) => account.email === email)?.contacts ?? [];
  }

  /** Changes an account's address book as its owner would, leaving its other contacts alone. */
  change(email: string, change: (contacts: readonly GoogleContact[]) => readonly object[]): void {
    this.set({
      accounts: this.data.accounts.map((account) =>
        account.email === email ? { email, contacts: change(account.contacts) } : account,
      ),
    });
  }

  /** Adds an account that nobody has connected yet. */
  anAccount(email: string, contacts: readonly object[] = []): string {
    this.set({ accounts: [...this.data.accounts, { email, contacts }] });
    return email;
  }

  /** Where Google's consent page leads to from the address that the API gave out: its path and query. */
  async consent(url: string): Promise<string> {
    const answer = await fetch(url, { redirect: 'manual' });
    const location = new URL(answer.headers.get('location') ?? '');
    return location.pathname + location.search;
  }

  /** The whole way: an admin connects an account. Answers where the panel is opened. */
  async connect(admin: ApiClient, account?: string): Promise<string> {
    if (account !== undefined) this.set({ consent: { account } });
    const { body } = await admin.get('/api/contactos/google/auth');
    const back = await admin.as(undefined).get(await this.consent(String(body.url)));
    return back.headers.get('location') ?? '';
  }

  #partner(name: string): PartnerServer {
    const found = this.#cloud.cloud.partners.find((partner) => partner.name === name);
    if (found === undefined) throw new Error(`There is no stand-in ${name}`);
    return found;
  }
}
