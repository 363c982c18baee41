import { outboxPartition } from '../../shared/domain/outbox/outbox.keys.ts';
import { type OutboxEntry, outboxEntry } from '../../shared/domain/outbox/outbox-entry.ts';
import type { ApiClient } from './api-client.ts';
import type { TestCloud } from './test-cloud.ts';

/** A message as FCM has taken it. */
export interface PushedMessage {
  readonly token: string;
  readonly notification: { readonly title: string; readonly body: string };
  readonly data: Readonly<Record<string, string>>;
  readonly android: { readonly notification: { readonly tag: string } };
  readonly apns: { readonly headers: Readonly<Record<string, string>> };
}

/** The stand-in for FCM, as tests look at it. */
export class Pushed {
  readonly #cloud: TestCloud;

  constructor(cloud: TestCloud) {
    this.#cloud = cloud;
  }

  get fcm() {
    return this.#partner('fcm');
  }

  get oauth() {
    return this.#partner('google-oauth');
  }

  /** Everything that devices were handed, oldest first. */
  all(): readonly PushedMessage[] {
    const data = this.fcm.data?.get() as { readonly pushed: readonly PushedMessage[] } | undefined;
    return data?.pushed ?? [];
  }

  /** The titles that each device has been handed. */
  titles(): Readonly<Record<string, readonly string[]>> {
    const byToken = Map.groupBy(this.all(), ({ token }) => token);
    return Object.fromEntries(
      [...byToken].map(([token, messages]) => [token, messages.map(({ notification }) => notification.title)]),
    );
  }

  /** What FCM answers for some tokens from now on. */
  failing(errors: Readonly<Record<string, string>>): void {
    this.fcm.data?.merge({ errors });
  }

  reset(): void {
    this.fcm.reset();
    this.oauth.reset();
  }

  /** All of a company's work of pushing, whatever became of it. */
  async entries(companyId: string): Promise<readonly OutboxEntry[]> {
    const found: OutboxEntry[] = [];
    for await (const row of this.#cloud.table.queryAll({ pk: outboxPartition(companyId), consistent: true })) {
      const entry = outboxEntry.parse(row);
      if (entry.kind === 'push') found.push(entry);
    }
    return found;
  }

  #partner(name: string) {
    const found = this.#cloud.cloud.partners.find((partner) => partner.name === name);
    if (found === undefined) throw new Error(`There is no stand-in ${name}`);
    return found;
  }
}

export async function registerDevice(client: ApiClient, token: string): Promise<void> {
  const { status, text } = await client.call('POST', '/api/devices/', { body: { token } });
  if (status !== 200) throw new Error(`The device was not noted: ${status} ${text}`);
}
