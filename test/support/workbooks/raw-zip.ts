import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip archive; the optional members are for archives that lie. */
export interface RawZipEntry {
  readonly name: string;
  readonly data: Buffer | string;
  readonly stored?: boolean;
  /** Deflated bytes to use as they are; `data` then only serves the checksum and the size. */
  readonly deflated?: Buffer;
  readonly declaredSize?: number;
  readonly declaredCrc32?: number;
  /** Encryption is bit 0. */
  readonly flags?: number;
  readonly method?: number;
}

const UTF8_NAMES = 0x800;

/** A zip archive written by hand, so that tests decide about every header. */
export function buildZip(entries: readonly RawZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = contentOf(entry);
    const fields = headerFields(entry, content.length, name.length);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, name, content]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), fields, tail, name]));
    bodies.push(local);
    offset += local.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directoryBytes, end]);
}

function contentOf(entry: RawZipEntry): Buffer {
  const data = Buffer.from(entry.data);
  return entry.stored ? data : (entry.deflated ?? deflateRawSync(data));
}

/** The 26 bytes that the local header and the directory have in common. */
function headerFields(entry: RawZipEntry, compressedSize: number, nameLength: number): Buffer {
  const data = Buffer.from(entry.data);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(UTF8_NAMES | (entry.flags ?? 0), 2);
  fields.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4);
  fields.writeUInt32LE(entry.declaredCrc32 ?? crc32(data), 10);
  fields.writeUInt32LE(compressedSize, 14);
  fields.writeUInt32LE(entry.declaredSize ?? data.length, 18);
  fields.writeUInt16LE(nameLength, 22);
  return fields;
}
