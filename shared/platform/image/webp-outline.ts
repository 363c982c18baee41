import { CUT_OFF, ImageRefused } from './image-refused.ts';
import type { PictureOutline } from './picture-outline.ts';

/** `RIFF`, a length, `WEBP`. */
const HEADER_BYTES = 12;
/** Type and length before a chunk's data. */
const BEFORE_BYTES = 8;
/** Chunks with pixels; all others stand beside the picture. */
const PIXELS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']);
/** The decoder keeps the whole picture, and once more what it hands on. */
const HELD_BYTES_PER_PIXEL = 8;

/**
 * Walks the chunks of a WebP (RFC 9649, §2.3).
 * @throws ImageRefused when it is damaged or ends before its end
 */
export function webpOutline(bytes: Buffer): PictureOutline {
  const end = HEADER_BYTES - 4 + bytes.readUInt32LE(4);
  if (end > bytes.length) throw new ImageRefused(CUT_OFF);
  const asides: Buffer[] = [];
  for (let at = HEADER_BYTES; at + BEFORE_BYTES <= end; ) {
    const length = bytes.readUInt32LE(at + 4);
    const dataAt = at + BEFORE_BYTES;
    if (dataAt + length > end) throw new ImageRefused(CUT_OFF);
    if (!PIXELS.has(bytes.toString('latin1', at, at + 4))) asides.push(bytes.subarray(dataAt, dataAt + length));
    // Chunks begin at even places.
    at = dataAt + length + (length % 2);
  }
  return { end, asides, heldBytesPerPixel: HELD_BYTES_PER_PIXEL };
}
