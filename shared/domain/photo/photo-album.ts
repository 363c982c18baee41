import * as z from 'zod';
import { PHOTO_TYPES, type Photo, type PhotoType } from './photo.ts';

const byType = z.partialRecord(z.enum(PHOTO_TYPES), z.int().positive());

/** What the photos of one task share: the numbers given out and the primary photo of each type. */
export const photoAlbum = z.object({
  /** Highest sequence number ever given, by type. */
  issued: byType,
  /** Id of the primary photo, by type. */
  primary: byType,
  /** Raised by every change of a photo: a change holds only for the album as it was read. */
  version: z.int().nonnegative(),
});
export type PhotoAlbum = z.infer<typeof photoAlbum>;

export const EMPTY_ALBUM: PhotoAlbum = { issued: {}, primary: {}, version: 0 };

type Placed = Pick<Photo, 'id' | 'photo_type' | 'sequence_number'>;

/** Where a photo comes to stand. */
export interface Placing {
  readonly album: PhotoAlbum;
  readonly sequence_number: number;
}

export function isPrimary({ primary }: PhotoAlbum, { id, photo_type }: Pick<Placed, 'id' | 'photo_type'>): boolean {
  return primary[photo_type] === id;
}

/**
 * Puts a photo at the end of a type. The first that a type has becomes its primary one; a later one only when asked.
 * @param others the photos of the task without this one
 */
export function placed(
  album: PhotoAlbum,
  { id, photo_type }: Pick<Placed, 'id' | 'photo_type'>,
  { others, asPrimary }: { readonly others: readonly Placed[]; readonly asPrimary: boolean },
): Placing {
  const sequence_number = (album.issued[photo_type] ?? 0) + 1;
  const issued = { ...album.issued, [photo_type]: sequence_number };
  const isFirst = !others.some((other) => other.photo_type === photo_type);
  const primary = isFirst || asPrimary ? { ...album.primary, [photo_type]: id } : album.primary;
  return { album: { ...album, issued, primary }, sequence_number };
}

/** The album with this photo as the primary one of its type, or no longer as it. */
export function withPrimary(album: PhotoAlbum, { id, photo_type }: Placed, wanted: boolean): PhotoAlbum {
  if (isPrimary(album, { id, photo_type }) === wanted) return album;
  return { ...album, primary: set(album.primary, photo_type, wanted ? id : undefined) };
}

/**
 * The album without a photo: was it the primary one, the lowest number that is left of its type takes its place.
 * @param others the photos of the task without this one
 */
export function without(album: PhotoAlbum, gone: Placed, others: readonly Placed[]): PhotoAlbum {
  if (!isPrimary(album, gone)) return album;
  const [next] = others
    .filter(({ photo_type }) => photo_type === gone.photo_type)
    .sort((a, b) => a.sequence_number - b.sequence_number);
  return { ...album, primary: set(album.primary, gone.photo_type, next?.id) };
}

function set(primary: PhotoAlbum['primary'], type: PhotoType, id: number | undefined): PhotoAlbum['primary'] {
  const { [type]: _before, ...others } = primary;
  return id === undefined ? others : { ...others, [type]: id };
}

/** By type, then by number, then by time (`aristay.md` §7.4). */
export function inPhotoOrder(
  a: Pick<Photo, 'photo_type' | 'sequence_number' | 'uploaded_at'>,
  b: Pick<Photo, 'photo_type' | 'sequence_number' | 'uploaded_at'>,
): number {
  return (
    a.photo_type.localeCompare(b.photo_type) ||
    a.sequence_number - b.sequence_number ||
    a.uploaded_at.localeCompare(b.uploaded_at)
  );
}
