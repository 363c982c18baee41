import { createHash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { fingerprint } from '../crypto/fingerprint.ts';
import { type DataKey, open, seal } from '../crypto/sealed.ts';
import type { Receipt } from '../dynamo/receipt.ts';
import { ConditionFailed } from '../dynamo/storage-errors.ts';
import type { Key } from '../dynamo/table.ts';
import { tenantPartition } from '../tenant/tenant-partition.ts';
import type { TenantScope } from '../tenant/tenant-scope.ts';
import type { Answer } from './answer.ts';

const DAY_S = 86_400;
/** Life of a kept reply (`aristay.md` §1.10). */
const KEPT_S = 7 * DAY_S;
/** How long a call may hold its key: as long as a function lives, so that one that died does not hold it for ever. */
const CLAIM_MS = 30_000;
/** A row holds 400 KB; what is longer than this, packed and sealed, is not kept. */
const LONGEST_SEALED = 380_000;

/** The reply to one write, or the claim of the call that is about to give it: `T#<empresa_id>#IDEMPOTENCY` / `<user_id>#<digest>`. */
export function keptReplyKey(empresaId: string, userId: string, digest: string): Key {
  return { pk: tenantPartition(empresaId, 'IDEMPOTENCY'), sk: `${userId}#${digest}` };
}

/** One write that must take place once. */
export interface Write {
  readonly userId: string;
  readonly method: string;
  readonly path: string;
  /** What the client sent in `X-Idempotency-Key`. */
  readonly key: string;
  /** Everything else that the client sent: a repeat must say the same. */
  readonly content: string;
}

/**
 * What stands of a write: nobody else does it and `claim` may; another call is at it; it was done; it was done by a call
 * that died before its reply was kept; another was meant.
 */
export type Standing =
  | { readonly kind: 'claimed'; readonly claim: string }
  | { readonly kind: 'under-way' }
  | { readonly kind: 'reply-lost' }
  | { readonly kind: 'done'; readonly answer: Answer }
  | { readonly kind: 'another' };

/** Replies of one company's writes, sealed under its data key because they may name guests (ruling 8). */
export class KeptReplies {
  readonly #scope: TenantScope;
  readonly #key: DataKey;

  constructor(scope: TenantScope, key: DataKey) {
    this.#scope = scope;
    this.#key = key;
  }

  /** Claims a write, unless it is somebody's already. One request for a new key, two for a known one. */
  async claim(write: Write, now: Date): Promise<Standing> {
    const claim = randomUUID();
    const [ms, seconds] = [now.getTime(), Math.floor(now.getTime() / 1000)];
    const item = {
      ...this.#keyOf(write),
      claim,
      content: this.#contentOf(write),
      claimed_until: ms + CLAIM_MS,
      expires_at: seconds + KEPT_S,
    };
    const isOpen = 'attribute_not_exists(sealed) AND attribute_not_exists(effect) AND claimed_until <= :ms';
    const expression = `attribute_not_exists(pk) OR expires_at <= :seconds OR (${isOpen})`;
    const condition = { expression, values: { ':seconds': seconds, ':ms': ms } };
    try {
      await this.#scope.table.write({ kind: 'put', item, condition });
      return { kind: 'claimed', claim };
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
      return this.#standing(write, ms);
    }
  }

  async #standing(write: Write, ms: number): Promise<Standing> {
    const row = await this.#scope.table.get(this.#keyOf(write), { consistent: true });
    if (row === undefined) return { kind: 'under-way' };
    if (row.content !== this.#contentOf(write)) return { kind: 'another' };
    if (typeof row.sealed !== 'string') {
      const isLost = row.effect === true && Number(row.claimed_until) <= ms;
      return { kind: isLost ? 'reply-lost' : 'under-way' };
    }
    const packed = Buffer.from(open(this.#key, this.#placeOf(write), row.sealed), 'base64');
    return { kind: 'done', answer: JSON.parse((await promisify(gunzip)(packed)).toString('utf8')) as Answer };
  }

  /** Notes in the transaction of a claimed write that it took place; refused once another call has the claim. */
  receiptOf(write: Write, claim: string): Receipt {
    const update = { expression: 'SET effect = :yes', values: { ':yes': true } };
    const noted = { kind: 'update', key: this.#keyOf(write), update, condition: this.#held(claim) } as const;
    return { empresaId: this.#scope.empresaId, write: noted };
  }

  /** Keeps the reply to a claimed write. One that is too long is given up, as if the write had failed. */
  async keep(write: Write, claim: string, answer: Answer): Promise<void> {
    const packed = await promisify(gzip)(JSON.stringify(answer));
    const sealed = seal(this.#key, this.#placeOf(write), packed.toString('base64'));
    if (sealed.length > LONGEST_SEALED) return this.giveUp(write, claim);
    await this.#ifClaimed({
      kind: 'update',
      key: this.#keyOf(write),
      update: { expression: 'SET sealed = :sealed REMOVE claim, claimed_until, effect', values: { ':sealed': sealed } },
      condition: this.#held(claim),
    });
  }

  /** The write did not take place: whoever comes next may try. One with a receipt did, whatever came after it. */
  async giveUp(write: Write, claim: string): Promise<void> {
    const { expression, values } = this.#held(claim);
    const condition = { expression: `${expression} AND attribute_not_exists(effect)`, values };
    await this.#ifClaimed({ kind: 'delete', key: this.#keyOf(write), condition });
  }

  async #ifClaimed(write: Parameters<TenantScope['table']['write']>[0]): Promise<void> {
    try {
      await this.#scope.table.write(write);
    } catch (thrown) {
      // The claim ran out and another call has it, or the company was erased.
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
  }

  #held(claim: string) {
    return { expression: 'claim = :claim', values: { ':claim': claim } };
  }

  #keyOf({ userId, method, path, key }: Write): Key {
    const digest = createHash('sha256').update(`${method}\n${path}\n${key}`).digest('hex').slice(0, 40);
    return keptReplyKey(this.#scope.empresaId, userId, digest);
  }

  /** Under the tenant's key, because nobody may try names against it. */
  #contentOf({ content }: Write): string {
    return fingerprint(this.#key, content);
  }

  #placeOf(write: Write): string {
    return `idempotency/${this.#keyOf(write).sk}`;
  }
}
