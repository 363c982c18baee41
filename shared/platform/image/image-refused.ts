/** A file that is no picture that we take; its message is a sentence for whoever sent it. */
export class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
}

export const NOT_A_PICTURE =
  'The file is not a JPEG, PNG or WebP picture, whatever its name says. Save it as one of these and upload it again.';
export const CUT_OFF = 'The picture is damaged or cut off. Take or export it again and upload the new file.';
export const MORE_THAN_A_PICTURE =
  'The file holds something else beside the picture. Open it, save the picture alone and upload that file.';
