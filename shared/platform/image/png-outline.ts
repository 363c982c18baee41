import { CUT_OFF, ImageRefused } from './image-refused.ts';
import type { PictureOutline } from './picture-outline.ts';

const SIGNATURE_BYTES = 8;
/** Length and type before a chunk's data, a checksum behind it. */
const BEFORE_BYTES = 8;
const AFTER_BYTES = 4;
/** Bit of a type's first letter that is set in lower case: the chunk may be left out of decoding. */
const ANCILLARY = 0x20;

/** Samples of a pixel by colour type (PNG, table 8); a palette's are widened to red, green, blue and alpha. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 4, 4: 2, 6: 4 };

/**
 * Walks the chunks of a PNG (third edition, §5).
 * @throws ImageRefused when it is damaged or ends before its end
 */
export function pngOutline(bytes: Buffer): PictureOutline {
  const asides: Buffer[] = [];
  let heldBytesPerPixel = 0;
  let at = SIGNATURE_BYTES;
  for (;;) {
    if (at + BEFORE_BYTES > bytes.length) throw new ImageRefused(CUT_OFF);
    const dataAt = at + BEFORE_BYTES;
    const dataEnd = dataAt + bytes.readUInt32BE(at);
    const end = dataEnd + AFTER_BYTES;
    if (end > bytes.length) throw new ImageRefused(CUT_OFF);
    const type = bytes.toString('latin1', at + 4, dataAt);
    const data = bytes.subarray(dataAt, dataEnd);
    if (type === 'IHDR') heldBytesPerPixel = heldBytes(data);
    if (type === 'IEND') return { end, asides, heldBytesPerPixel };
    if ((type.charCodeAt(0) & ANCILLARY) !== 0) asides.push(data);
    at = end;
  }
}

/** An interlaced picture comes in seven passes over the whole of it. */
function heldBytes(header: Buffer): number {
  const [depth = 16, colour = 6, , , interlace = 1] = header.subarray(8);
  if (interlace === 0) return 0;
  return (SAMPLES[colour] ?? 4) * (depth === 16 ? 2 : 1);
}
