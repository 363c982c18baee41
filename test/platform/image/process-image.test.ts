import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ImageRefused } from '../../../shared/platform/image/image-refused.ts';
import { processImage } from '../../../shared/platform/image/process-image.ts';
import { aPhoto, hostileFiles, noise, redCorner } from '../../support/pictures.ts';

/** Where the red quarter is: `[left, top]`. */
async function redQuarter(bytes: Uint8Array): Promise<readonly [boolean, boolean]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const redAt = (x: number, y: number) => (data[(y * info.width + x) * info.channels] ?? 0) > 128;
  const [near, farX, farY] = [4, info.width - 5, info.height - 5] as const;
  const spots = [
    [near, near, true, true],
    [farX, near, false, true],
    [near, farY, true, false],
    [farX, farY, false, false],
  ] as const;
  const [spot] = spots.filter(([x, y]) => redAt(x, y));
  return [spot?.[2] === true, spot?.[3] === true];
}

describe('a stored picture', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stands as its camera held it, by orientation %i', async (orientation) => {
    const photo = await aPhoto(640, 480, orientation);
    const { image, thumbnail } = await processImage(photo);
    const upright = await sharp(photo).autoOrient().png().toBuffer();
    expect(await redQuarter(image.bytes)).toEqual(await redQuarter(upright));
    expect(await redQuarter(thumbnail.bytes)).toEqual(await redQuarter(upright));
    expect([image.width, image.height]).toEqual(orientation < 5 ? [640, 480] : [480, 640]);
  });

  it('knows nothing of where, when and by whom it was taken', async () => {
    const photo = await aPhoto();
    expect(photo.includes('Guest Name')).toBe(true);
    const { image, thumbnail } = await processImage(photo);
    for (const { bytes } of [image, thumbnail]) {
      const { exif, xmp, icc, iptc, format } = await sharp(bytes).metadata();
      expect({ exif, xmp, icc, iptc, format }).toEqual({ format: 'webp' });
      expect(Buffer.from(bytes).includes('Guest Name')).toBe(false);
    }
  });

  it.each([
    [4_096, 3_072, 2_048, 1_536],
    [3_001, 1_000, 2_048, 682],
    [1_000, 3_001, 682, 2_048],
    [8_000, 2, 2_048, 1],
    [2_048, 1_024, 2_048, 1_024],
    [20, 10, 20, 10],
  ])('of %i by %i pixels has %i by %i', async (width, height, storedWidth, storedHeight) => {
    const { image, thumbnail } = await processImage(await redCorner(width, height).png().toBuffer());
    expect([image.width, image.height]).toEqual([storedWidth, storedHeight]);
    const { width: w, height: h } = await sharp(image.bytes).metadata();
    expect([w, h]).toEqual([storedWidth, storedHeight]);
    expect(Math.max(thumbnail.width, thumbnail.height)).toBe(Math.min(400, Math.max(width, height)));
  });

  it.each([
    ['grey', () => redCorner(60, 40).greyscale().jpeg()],
    ['for print', () => redCorner(60, 40).toColourspace('cmyk').jpeg()],
    ['of 16 bits', () => redCorner(60, 40).toColourspace('rgb16').png()],
    ['with transparency', () => redCorner(60, 40).ensureAlpha(0.5).png()],
    ['with a palette', () => redCorner(60, 40).png({ palette: true })],
    ['progressive', () => redCorner(60, 40).jpeg({ progressive: true })],
    ['interlaced', () => redCorner(60, 40).png({ progressive: true })],
    ['lossless', () => redCorner(60, 40).webp({ lossless: true })],
  ])('may have been %s', async (_name, drawn) => {
    const { image } = await processImage(await drawn().toBuffer());
    const { format, width, height, depth } = await sharp(image.bytes).metadata();
    expect({ format, width, height, depth }).toEqual({ format: 'webp', width: 60, height: 40, depth: 'uchar' });
  });

  it('takes what cameras put behind a picture: further pictures and films', async () => {
    const photo = await aPhoto();
    const film = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42'), Buffer.alloc(64, 7)]);
    for (const rest of [photo, film, Buffer.alloc(16), Buffer.concat([photo, film])]) {
      await expect(processImage(Buffer.concat([photo, rest]))).resolves.toMatchObject({ image: { width: 640 } });
    }
  });
});

describe('the size of a stored picture', () => {
  it('is brought below the limit by giving up quality, then the format', async () => {
    const picture = await noise(256, 256);
    const best = await processImage(picture);
    const smaller = await processImage(picture, { wanted: best.image.bytes.length - 1, most: 1e9 });
    expect(smaller.image.bytes.length).toBeLessThan(best.image.bytes.length);
    const sizes = { wanted: 10, most: 1e9 };
    const least = await processImage(picture, sizes);
    expect(least.image.format).toBe('webp');
    expect(least.image.bytes.length).toBeLessThan(smaller.image.bytes.length);
    await expect(processImage(picture, { wanted: 10, most: 20 })).rejects.toThrow(ImageRefused);
  });

  it('flattens transparency on white where JPEG is the smaller one', async () => {
    // Transparency is kept without loss by WebP, and not at all by JPEG.
    const veil = await noise(128, 128, 4);
    const best = await processImage(veil);
    const { image } = await processImage(veil, { wanted: best.image.bytes.length - 1, most: 1e9 });
    expect(image.format).toBe('jpeg');
    const onWhite = await sharp(await sharp(veil).flatten({ background: 'white' }).png().toBuffer()).stats();
    const { channels } = await sharp(image.bytes).stats();
    expect(channels.map(({ mean }) => Math.round(mean / 10))).toEqual(
      onWhite.channels.map(({ mean }) => Math.round(mean / 10)),
    );
  });
});

describe('hostile files', async () => {
  it.each(await hostileFiles())('are refused: %s', async (_name, bytes, why) => {
    await expect(processImage(bytes)).rejects.toThrow(ImageRefused);
    await expect(processImage(bytes)).rejects.toThrow(why);
  });

  it('are refused before they are decoded where their header says enough', async () => {
    const refused = await processImage((await hostileFiles())[0]?.[1] ?? Buffer.alloc(0)).catch((thrown) => thrown);
    expect(refused.cause).toBeUndefined();
  });
});
