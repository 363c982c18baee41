/** Name-value pairs that are not secret but bound to a ciphertext. */
export type EncryptionContext = Readonly<Record<string, string>>;

/**
 * The context as additional authenticated data: ordered by name, every text preceded by its length, so that neither
 * the order of the pairs nor a shift between name and value can make two contexts look alike.
 */
export function encodeContext(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context)
    .map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const)
    .sort(([a], [b]) => Buffer.compare(a, b));
  return Buffer.concat(pairs.flat().flatMap((text) => [length(text), text]));
}

function length(text: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(text.length);
  return bytes;
}
