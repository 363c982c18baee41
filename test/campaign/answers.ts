import type { ApiAnswer } from '../support/api-client.ts';
import type { Crashes } from './crashes.ts';
import type { Tenant } from './world.ts';

/** What every answer of the campaign is held against while it runs. */
export class Answers {
  total = 0;
  /** Lines that name what of another company was in an answer. */
  readonly leaks: string[] = [];
  /** Lines that name a 5xx in a shape that is not documented. */
  readonly misshapen: string[] = [];
  /** Answers by status. */
  readonly statuses = new Map<number, number>();
  /** Connections that ended without an answer. */
  broken = 0;
  readonly #crashes: Crashes;
  #tenants: readonly Tenant[] = [];

  constructor(crashes: Crashes) {
    this.#crashes = crashes;
  }

  watch(tenants: readonly Tenant[]): void {
    this.#tenants = tenants;
  }

  /** @param tenant who asked; undefined for the operator, who may see all companies */
  take(tenant: number | undefined, call: string, answer: ApiAnswer): void {
    this.total += 1;
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    if (tenant !== undefined) this.#lookForOthers(tenant, call, answer);
    if (answer.status >= 500 && !this.#isDocumented(answer)) {
      this.misshapen.push(`${call}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
  }

  #lookForOthers(tenant: number, call: string, { text }: ApiAnswer): void {
    for (const other of this.#tenants) {
      if (other.at === tenant) continue;
      const found = [other.canary, other.company.id].find((word) => text.includes(word));
      if (found !== undefined) this.leaks.push(`${call} of company ${tenant}: ${found} of company ${other.at}`);
    }
  }

  /** The envelope of one of the APIs; the gateway's own words only for a call that ended half way. */
  #isDocumented({ status, body, headers }: ApiAnswer): boolean {
    const id = headers.get('apigw-requestid');
    if (typeof body.message === 'string') return id !== null && this.#crashes.requests.has(id);
    const isSidekick = body.ok === false && Array.isArray(body.errors) && body.errors.length > 0;
    const isAristay = typeof body.detail === 'string' || typeof body.error === 'string';
    const saysWhen = status !== 503 || Number(headers.get('retry-after')) > 0;
    return (isSidekick || isAristay) && saysWhen;
  }
}
