import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Marks the four corners and the edges of test pictures, so that it can be seen how they are turned. */
const RED = { r: 255, g: 0, b: 0 };

/** A picture whose upper left quarter is red and whose rest is blue. */
export function redCorner(width: number, height: number): Sharp {
  const corner = { create: { width: width >> 1, height: height >> 1, channels: 3 as const, background: RED } };
  return sharp({ create: { width, height, channels: 3, background: { r: 0, g: 0, b: 255 } } }).composite([
    { input: corner, left: 0, top: 0 },
  ]);
}

/** A photo as a telephone writes it: with EXIF that says where it was taken. */
export async function aPhoto(width = 640, height = 480, orientation = 1): Promise<Buffer> {
  const place = {
    IFD0: { Copyright: 'Guest Name', Make: 'Camera' },
    IFD3: { GPSLatitude: '40/1 25/1 0/1', GPSLatitudeRef: 'N' },
  };
  const written = redCorner(width, height).jpeg({ quality: 90 }).withExif(place);
  return sharp(await written.toBuffer())
    .keepMetadata()
    .withMetadata({ orientation })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** A picture full of noise, which no encoder makes small; with `channels` 4 its transparency is noise too. */
export async function noise(width: number, height: number, channels: 3 | 4 = 3): Promise<Buffer> {
  let state = 1;
  const pixels = Buffer.alloc(width * height * channels);
  for (let at = 0; at < pixels.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    pixels[at] = state >> 16;
  }
  return sharp(pixels, { raw: { width, height, channels } }).png().toBuffer();
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

/** A PNG that says it has so many pixels, and holds next to nothing. */
export function pngBomb(
  width: number,
  height: number,
  { interlaced = false, depth = 1, colour = 0 }: { interlaced?: boolean; depth?: number; colour?: number } = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const pixels = deflateSync(Buffer.alloc(100_000), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** A JPEG with a comment segment behind its first marker. */
export function withComment(jpeg: Buffer, comment: string): Buffer {
  const text = Buffer.from(comment, 'latin1');
  const head = Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
}

/** The end record of an empty ZIP, which makes any file an archive. */
export const ZIP_END = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** Files that call themselves pictures and are refused, each with a word of the sentence that says why. */
export async function hostileFiles(): Promise<readonly (readonly [name: string, bytes: Buffer, why: RegExp])[]> {
  const jpeg = await aPhoto();
  const png = await redCorner(64, 48).png().toBuffer();
  const webp = await redCorner(64, 48).webp().toBuffer();
  const behind = (picture: Buffer, text: string) => Buffer.concat([picture, Buffer.from(text)]);
  const html = '<html><script>alert(document.cookie)</script></html>';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const isNone = /not a JPEG, PNG or WebP/;
  const isCut = /damaged or cut off/;
  const isMore = /something else beside the picture/;
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
  return [
    ['30,000 by 30,000 pixels', pngBomb(30_000, 30_000), /30000 × 30000 pixels/],
    ['more pixels than a bomb is taken for', pngBomb(15_000, 15_000), /15000 × 15000 pixels/],
    ['deep and interlaced', pngBomb(13_000, 13_000, { interlaced: true, depth: 16, colour: 6 }), /held whole/],
    ['pixels that are not there', pngBomb(12_000, 12_000), isCut],
    ['a JPEG cut in half', jpeg.subarray(0, jpeg.length >> 1), isCut],
    ['a PNG cut in half', png.subarray(0, png.length >> 1), isCut],
    ['a WebP cut in half', webp.subarray(0, webp.length >> 1), isCut],
    ['the first bytes of a JPEG', jpeg.subarray(0, 40), isCut],
    ['a JPEG with a page behind it', behind(jpeg, html), isMore],
    ['a PNG with a page behind it', behind(png, html), isMore],
    ['a WebP with a page behind it', behind(webp, html), isMore],
    ['a JPEG that is an archive', Buffer.concat([jpeg, ZIP_END]), isMore],
    ['a JPEG that is a page', withComment(jpeg, html), isMore],
    ['a JPEG that is a program', withComment(jpeg, '<?php system($_GET[0]); ?>'), isMore],
    ['a JPEG that is a document', withComment(jpeg, '%PDF-1.7 1 0 obj <</Type/Catalog>> endobj'), isMore],
    ['a drawing', Buffer.from(`<?xml version="1.0"?>${svg}`), isNone],
    ['a page', Buffer.from(`<!DOCTYPE html>${html}`), isNone],
    ['another kind of picture', gif, isNone],
    ['a picture of nothing', Buffer.alloc(0), isNone],
    ['zeros', Buffer.alloc(4_096), isNone],
  ];
}
