import { CUT_OFF, ImageRefused } from './image-refused.ts';
import type { PictureOutline } from './picture-outline.ts';

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const COMMENT = 0xfe;

/** A progressive picture's coefficients are 16 bits wide and are all kept until its last scan. */
const COEFFICIENT_BYTES = 2;
/** Frames in which a picture appears gradually (ITU-T T.81, table B.1). */
const PROGRESSIVE_FRAMES = new Set([0xc2, 0xc6, 0xca, 0xce]);

const isRestart = (code: number) => code >= 0xd0 && code <= 0xd7;
const isApplicationData = (code: number) => code >= 0xe0 && code <= 0xef;

/**
 * Walks one JPEG from its first marker to the end of the image (ITU-T T.81, annex B).
 * @param start where its first marker is
 * @throws ImageRefused when it is damaged or ends before its end
 */
export function jpegOutline(bytes: Buffer, start = 0): PictureOutline {
  const asides: Buffer[] = [];
  let heldBytesPerPixel = 0;
  let at = start + 2;
  for (;;) {
    const code = markerAt(bytes, at);
    if (code === END_OF_IMAGE) return { end: at + 2, asides, heldBytesPerPixel };
    if (code === MARKER) {
      // A fill byte.
      at += 1;
      continue;
    }
    if (code === START_OF_IMAGE || code === 0) throw new ImageRefused(CUT_OFF);
    if (isRestart(code) || code === 1) {
      at += 2;
      continue;
    }
    const segment = segmentAt(bytes, at);
    if (code === COMMENT || isApplicationData(code)) asides.push(segment);
    if (PROGRESSIVE_FRAMES.has(code)) heldBytesPerPixel = COEFFICIENT_BYTES * (segment[5] ?? 4);
    at += 4 + segment.length;
    if (code === START_OF_SCAN) at = endOfScan(bytes, at);
  }
}

function markerAt(bytes: Buffer, at: number): number {
  const code = bytes[at + 1];
  if (bytes[at] !== MARKER || code === undefined) throw new ImageRefused(CUT_OFF);
  return code;
}

/** What stands behind a marker and the length that counts itself. */
function segmentAt(bytes: Buffer, at: number): Buffer {
  const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
  if (length < 2 || at + 2 + length > bytes.length) throw new ImageRefused(CUT_OFF);
  return bytes.subarray(at + 4, at + 2 + length);
}

/** Where the next marker is: inside a scan the byte of markers is escaped by a zero, or begins a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at !== -1; at = bytes.indexOf(MARKER, at + 1)) {
    const code = bytes[at + 1];
    if (code !== undefined && code !== 0 && code !== MARKER && !isRestart(code)) return at;
  }
  throw new ImageRefused(CUT_OFF);
}
