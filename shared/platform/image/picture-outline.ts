/** How a picture's file is built, found without decoding a pixel. */
export interface PictureOutline {
  /** First byte behind the picture. */
  readonly end: number;
  /** What it carries beside its pixels: texts, EXIF, profiles, and whatever hides among them. */
  readonly asides: readonly Buffer[];
  /** Bytes that a decoder has to hold for each pixel of the whole picture; 0 where it goes line by line. */
  readonly heldBytesPerPixel: number;
}
