import type { ByteRange } from './blob-store.ts';
import { S3Error } from './s3-error.ts';

/**
 * Reads a `Range` header against an object of `size` bytes (RFC 9110 §14.1.2: `a-b`, `a-`, `-n`).
 * Undefined means the whole object: no header, one that does not parse, or several ranges, which S3 does not serve.
 * Throws `InvalidRange` when no byte of the object is in it.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start >= size || end < start) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: header ?? '',
      ActualObjectSize: String(size),
    });
  }
  return { start, end };
}
