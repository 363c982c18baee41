import type { Sharp, SharpOptions } from 'sharp';
import { CUT_OFF, ImageRefused } from './image-refused.ts';
import { inspectImage, MOST_PIXELS } from './inspect-image.ts';

/** A picture as it is stored: pixels and nothing else, the right way up. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly format: 'webp' | 'jpeg';
  readonly width: number;
  readonly height: number;
}

export interface ProcessedImage {
  /** Long side of 2,048 pixels at most; never enlarged. */
  readonly image: EncodedImage;
  /** Long side of 400 pixels at most. */
  readonly thumbnail: EncodedImage;
}

/** How large a stored picture may be (`aristay.md` §7.4); a test asks for less. */
export interface EncodingLimits {
  /** The first result within it is taken. */
  readonly wanted: number;
  /** The last result may have this much. */
  readonly most: number;
}

const LIMITS: EncodingLimits = { wanted: 5 * 1024 * 1024, most: 10 * 1024 * 1024 };
const LONG_SIDE = 2_048;
const THUMBNAIL_SIDE = 400;
const THUMBNAIL_QUALITY = 75;
const QUALITIES = [95, 85, 75, 65, 55, 45, 35, 30] as const;
const LAST_QUALITY = 30;
/** Half the time of the default for one per cent of the bytes. */
const WEBP_EFFORT = 2;
/** A decoder that takes longer works on something made to keep it busy; the gateway waits for 30 s. */
const DECODING_SECONDS = 20;

/** Decoded pixels; few enough to be kept. */
interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

type Library = typeof import('sharp')['default'];
let loaded: Promise<Library> | undefined;

/** Loaded with the first picture: it is larger than all else of a function together. */
function library(): Promise<Library> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    // One picture is looked at once, and a function works on one at a time.
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  });
  return loaded;
}

/**
 * Makes of a file what is stored of it (`aristay.md` §7.4): turned as its camera held it, at most 2,048 pixels long,
 * without EXIF, place or profile, as WebP or JPEG in the best quality that fits.
 * @throws ImageRefused with a sentence for a file that is no picture, damaged, too large, or more than a picture
 */
export async function processImage(file: Uint8Array, limits: EncodingLimits = LIMITS): Promise<ProcessedImage> {
  inspectImage(file);
  const sharp = await library();
  const pixels = await decoded(sharp, file);
  return { image: await encoded(sharp, pixels, limits), thumbnail: await thumbnailOf(sharp, pixels) };
}

/** Scaled while it is decoded and turned afterwards: a large picture is never held whole for being on its side. */
async function decoded(sharp: Library, file: Uint8Array): Promise<Pixels> {
  const options = { failOn: 'error', limitInputPixels: MOST_PIXELS, sequentialRead: true } satisfies SharpOptions;
  try {
    const { width, height, orientation = 1 } = await sharp(file, options).metadata();
    const scaled = sharp(file, options)
      .timeout({ seconds: DECODING_SECONDS })
      .resize({ ...fitted({ width, height }, LONG_SIDE), fit: 'fill' });
    return await turned(sharp, await pixelsOf(scaled), orientation);
  } catch (cause) {
    throw new ImageRefused(CUT_OFF, { cause });
  }
}

async function pixelsOf(pipeline: Sharp): Promise<Pixels> {
  const raw = pipeline.toColourspace('srgb').raw({ depth: 'uchar' });
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

function from(sharp: Library, { data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/** How EXIF's orientation (2.32, §4.6.5.1.6) is undone: mirrored first, then turned clockwise. */
const TURNS: Readonly<Record<number, { readonly flop?: true; readonly degrees: number }>> = {
  2: { flop: true, degrees: 0 },
  3: { degrees: 180 },
  4: { flop: true, degrees: 180 },
  5: { flop: true, degrees: 270 },
  6: { degrees: 90 },
  7: { flop: true, degrees: 90 },
  8: { degrees: 270 },
};

async function turned(sharp: Library, pixels: Pixels, orientation: number): Promise<Pixels> {
  const turn = TURNS[orientation];
  if (turn === undefined) return pixels;
  return pixelsOf(
    from(sharp, pixels)
      .flop(turn.flop === true)
      .rotate(turn.degrees),
  );
}

/** The size with a long side of at most `side`, the other rounded down but never to nothing. */
function fitted({ width, height }: { readonly width: number; readonly height: number }, side: number) {
  const long = Math.max(width, height);
  if (long <= side) return { width, height };
  const scaled = (length: number) => Math.max(1, Math.floor((length * side) / long));
  return { width: scaled(width), height: scaled(height) };
}

/** The first quality and format that fits, the best first. @throws ImageRefused when none does */
async function encoded(sharp: Library, pixels: Pixels, { wanted, most }: EncodingLimits): Promise<EncodedImage> {
  for (const quality of QUALITIES) {
    const webp = await asWebp(sharp, pixels, quality);
    if (webp.bytes.length <= wanted) return webp;
    const jpeg = await asJpeg(sharp, pixels, quality);
    if (jpeg.bytes.length <= wanted) return jpeg;
    if (quality === LAST_QUALITY && webp.bytes.length <= most) return webp;
  }
  throw new ImageRefused('The picture cannot be stored in 10 MB. Make it smaller and upload it again.');
}

async function asWebp(sharp: Library, pixels: Pixels, quality: number): Promise<EncodedImage> {
  const { width, height } = pixels;
  const bytes = await from(sharp, pixels).webp({ quality, effort: WEBP_EFFORT }).toBuffer();
  return { bytes, format: 'webp', width, height };
}

async function asJpeg(sharp: Library, pixels: Pixels, quality: number): Promise<EncodedImage> {
  const { width, height } = pixels;
  const bytes = await from(sharp, pixels).flatten({ background: 'white' }).jpeg({ quality }).toBuffer();
  return { bytes, format: 'jpeg', width, height };
}

async function thumbnailOf(sharp: Library, pixels: Pixels): Promise<EncodedImage> {
  const size = fitted(pixels, THUMBNAIL_SIDE);
  const small = await pixelsOf(from(sharp, pixels).resize({ ...size, fit: 'fill' }));
  return asWebp(sharp, small, THUMBNAIL_QUALITY);
}
