import { disableTypes, imageSize, types } from 'image-size';
import { refuseHiddenContent } from './hidden-content.ts';
import { CUT_OFF, ImageRefused, NOT_A_PICTURE } from './image-refused.ts';
import { jpegOutline } from './jpeg-outline.ts';
import type { PictureOutline } from './picture-outline.ts';
import { pngOutline } from './png-outline.ts';
import { webpOutline } from './webp-outline.ts';

/** Pixels of either side (`aristay.md` §7.4). */
const MOST_SIDE = 16_000;
/** Pixels of a picture; what the original's library takes for a bomb (`aristay.md` §7.4). */
export const MOST_PIXELS = 178_956_970;
/** Bytes that a decoder may have to hold of one picture, so that the function that decodes it has room. */
const MOST_HELD_BYTES = 512 * 1024 * 1024;

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

const KINDS = {
  jpeg: { isKind: (bytes: Buffer) => bytes.readUIntBE(0, 3) === 0xffd8ff, size: 'jpg', outline: jpegOutline },
  png: { isKind: (bytes: Buffer) => bytes.subarray(0, 8).equals(PNG_SIGNATURE), size: 'png', outline: pngOutline },
  webp: {
    isKind: (bytes: Buffer) => /^RIFF.{4}WEBP$/s.test(bytes.toString('latin1', 0, 12)),
    size: 'webp',
    outline: webpOutline,
  },
} as const satisfies Readonly<
  Record<string, { isKind(bytes: Buffer): boolean; size: string; outline(bytes: Buffer): PictureOutline }>
>;
/** Below it no file of any of these kinds can hold a picture. */
const FEWEST_BYTES = 26;

// Kinds that we do not take are not even looked for.
disableTypes(types.filter((type) => !Object.values(KINDS).some(({ size }) => size === type)));

/**
 * Looks at a file before anything decodes it: what kind its bytes are, how large the picture is, whether it is whole
 * and nothing else. Neither its name nor its declared type is asked.
 * @throws ImageRefused with a sentence
 */
export function inspectImage(file: Uint8Array): { readonly width: number; readonly height: number } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const [name, kind] =
    Object.entries(KINDS).find(([, { isKind }]) => bytes.length >= FEWEST_BYTES && isKind(bytes)) ?? [];
  if (kind === undefined) throw new ImageRefused(NOT_A_PICTURE);
  const { width, height } = sizeOf(bytes);
  refuseSize(width, height);
  const outline = kind.outline(bytes);
  if (width * height * outline.heldBytesPerPixel > MOST_HELD_BYTES) {
    throw new ImageRefused(
      `The picture is stored so that it has to be held whole, and at ${width} × ${height} pixels it is too large for that. Save it smaller, or as a plain JPEG.`,
    );
  }
  refuseHiddenContent(bytes, outline, name === 'jpeg');
  return { width, height };
}

function sizeOf(bytes: Buffer): { readonly width: number; readonly height: number } {
  try {
    return imageSize(bytes);
  } catch (cause) {
    throw new ImageRefused(CUT_OFF, { cause });
  }
}

function refuseSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw new ImageRefused(CUT_OFF);
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) {
    throw new ImageRefused(
      `The picture measures ${width} × ${height} pixels. Make it smaller: 16,000 pixels a side and 178 megapixels at most.`,
    );
  }
}
