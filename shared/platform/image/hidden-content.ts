import { ImageRefused, MORE_THAN_A_PICTURE } from './image-refused.ts';
import { jpegOutline } from './jpeg-outline.ts';
import type { PictureOutline } from './picture-outline.ts';

/** What makes a browser or an interpreter read a file as a page or as a program. */
const ACTIVE = /<script|<html|<!doctype|<iframe|<svg\s+xmlns|<\?php|javascript:/i;
/** Readers of PDF look for its beginning this far into a file. */
const PDF_WITHIN = 1_024;
/** End record of a ZIP: 22 bytes and a comment of at most 65,535 (APPNOTE §4.3.16). */
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');
const ZIP_END_BYTES = 22;
const ZIP_COMMENT_MOST = 0xffff;

/**
 * Refuses a file that is a picture and something else besides: a page, a program, an archive, a document. The stored
 * picture is made of pixels alone, so nothing of it would be kept; but whoever sends such a file does not send a photo.
 * @throws ImageRefused
 */
export function refuseHiddenContent(bytes: Buffer, { end, asides }: PictureOutline, isJpeg: boolean): void {
  const rest = withoutPadding(bytes.subarray(end));
  const hides =
    !(rest.length === 0 || (isJpeg && isOfCamera(rest))) ||
    [...asides, rest].some((part) => ACTIVE.test(part.toString('latin1'))) ||
    bytes.subarray(0, PDF_WITHIN).includes('%PDF-') ||
    endsAsZip(bytes);
  if (hides) throw new ImageRefused(MORE_THAN_A_PICTURE);
}

function withoutPadding(rest: Buffer): Buffer {
  const first = rest.findIndex((byte) => byte !== 0);
  return first === -1 ? rest.subarray(0, 0) : rest.subarray(first);
}

/**
 * What cameras write behind a JPEG: further pictures (MPO, gain maps), the film of a motion photo (ISO/IEC 14496-12),
 * the trailer of Samsung's.
 */
function isOfCamera(rest: Buffer): boolean {
  // A film's first box begins with its length, whose zeros were taken for padding.
  if (rest.subarray(0, 8).includes('ftyp') || rest.toString('latin1', rest.length - 4) === 'SEFT') return true;
  if (rest[0] !== 0xff || rest[1] !== 0xd8) return false;
  const behind = withoutPadding(rest.subarray(jpegOutline(rest).end));
  return behind.length === 0 || isOfCamera(behind);
}

function endsAsZip(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - ZIP_END_BYTES - ZIP_COMMENT_MOST);
  for (let at = bytes.indexOf(ZIP_END, from); at !== -1; at = bytes.indexOf(ZIP_END, at + 1)) {
    const commentAt = at + ZIP_END_BYTES;
    if (commentAt <= bytes.length && bytes.readUInt16LE(commentAt - 2) === bytes.length - commentAt) return true;
  }
  return false;
}
