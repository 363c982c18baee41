import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { once } from '../concurrency/once.ts';

type Secret = ConstructorParameters<NonNullable<DynamoDBClient['config']['sha256']>>[0];

/** The signer keeps its signing keys for a day: from their bytes alone every use of one would take five times as long. */
const prepared = new WeakMap<object, KeyObject>();

function preparedSecret(secret: NonNullable<Secret>): string | KeyObject {
  if (typeof secret === 'string') return secret;
  const known = prepared.get(secret);
  if (known !== undefined) return known;
  const bytes = ArrayBuffer.isView(secret)
    ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
    : Buffer.from(secret);
  const made = createSecretKey(bytes);
  prepared.set(secret, made);
  return made;
}

/** SHA-256 and, with a secret, HMAC-SHA-256, as the SDK takes them. */
export class Sha256 {
  readonly #secret: string | KeyObject | undefined;
  #digest: Hash | Hmac;

  constructor(secret?: Secret) {
    this.#secret = secret === undefined ? undefined : preparedSecret(secret);
    this.#digest = this.#begun();
  }

  update(chunk: Uint8Array): void {
    this.#digest.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#digest.digest();
  }

  reset(): void {
    this.#digest = this.#begun();
  }

  #begun(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

/**
 * Signs the requests of a client. The SDK's own makes a signer anew, with a copy of the client's configuration, for
 * each request: an eighth of the processor that the shortest read takes here.
 */
export function requestSigner(client: () => DynamoDBClient): () => Promise<SignatureV4> {
  return once(async () => {
    const { region, credentials } = client().config;
    return new SignatureV4({ service: 'dynamodb', region: await region(), credentials, sha256: Sha256 });
  });
}
