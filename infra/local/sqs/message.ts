import { createHash } from 'node:crypto';
import * as z from 'zod';

/** A user attribute of a message, as it travels: binary values in Base64. */
export const messageAttribute = z
  .object({
    DataType: z.string().regex(/^(String|Number|Binary)(\.[^.].*)?$/, 'must begin with String, Number or Binary'),
    StringValue: z.string().min(1).optional(),
    BinaryValue: z.base64().min(1).optional(),
  })
  .refine(
    ({ DataType, StringValue, BinaryValue }) =>
      DataType.startsWith('Binary') ? BinaryValue !== undefined : StringValue !== undefined,
    { error: 'must carry a value of its type' },
  );

type MessageAttribute = z.output<typeof messageAttribute>;
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message in a queue; instants are in milliseconds. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  readonly traceHeader: string | undefined;
  /** ARN of the queue it was moved from. */
  readonly deadLetterSource: string | undefined;
  readonly receiveCount: number;
  readonly firstReceivedAt: number | undefined;
  /** From when on it can be received. */
  readonly visibleAt: number;
  /** Of the last receive; the only one that deletes. */
  readonly receipt: string | undefined;
}

export function md5Hex(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** Digest of attributes as SQS defines it: sorted by name, each text with its length, one byte for the kind of value. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue = '', BinaryValue = '' } = attributes[name] ?? {};
    const isBinary = DataType.startsWith('Binary');
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.of(isBinary ? 2 : 1));
    add(isBinary ? Buffer.from(BinaryValue, 'base64') : Buffer.from(StringValue));
  }
  return hash.digest('hex');
}

/** Bytes that count towards the size limit: body, and name, type and value of each attribute. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(body),
  );
}

/** The characters a body may hold (those of XML 1.0). */
export function isValidBody(body: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the API's own definition
  return /^[\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(body);
}
