import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mayMove, PHOTO_STATUSES, type PhotoType } from '../../../shared/domain/photo/photo.ts';
import {
  EMPTY_ALBUM,
  isPrimary,
  type PhotoAlbum,
  placed,
  without,
  withPrimary,
} from '../../../shared/domain/photo/photo-album.ts';

interface Placed {
  readonly id: number;
  readonly photo_type: PhotoType;
  readonly sequence_number: number;
}

const type = fc.constantFrom<PhotoType>('before', 'after', 'general');
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), type, asPrimary: fc.boolean() }),
  fc.record({ kind: fc.constant('remove' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('promote' as const), pick: fc.nat() }),
);

it('never gives a number twice, and a type with photos has one primary photo', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let album: PhotoAlbum = EMPTY_ALBUM;
      let photos: readonly Placed[] = [];
      const given = new Set<string>();
      for (const [at, each] of steps.entries()) {
        if (each.kind === 'add') {
          const photo = { id: at + 1, photo_type: each.type };
          const { album: next, sequence_number } = placed(album, photo, { others: photos, asPrimary: each.asPrimary });
          const name = `${each.type} ${sequence_number}`;
          expect(given.has(name)).toBe(false);
          given.add(name);
          album = next;
          photos = [...photos, { ...photo, sequence_number }];
          continue;
        }
        const picked = photos[each.pick % Math.max(1, photos.length)];
        if (picked === undefined) continue;
        if (each.kind === 'promote') album = withPrimary(album, picked, true);
        else {
          photos = photos.filter((photo) => photo !== picked);
          album = without(album, picked, photos);
        }
        const types = new Set(photos.map(({ photo_type }) => photo_type));
        const primary = photos.filter((photo) => isPrimary(album, photo)).map(({ photo_type }) => photo_type);
        expect([...primary].sort()).toEqual([...types].sort());
      }
    }),
  );
});

it('promotes the lowest number that is left when the primary photo goes', () => {
  const photos = [1, 2, 3].map((id): Placed => ({ id, photo_type: 'before', sequence_number: id }));
  const [first, second, third] = photos as [Placed, Placed, Placed];
  const album = withPrimary({ ...EMPTY_ALBUM, primary: { before: 1 } }, third, true);
  expect(album.primary).toEqual({ before: 3 });
  expect(without(album, third, [second, first]).primary).toEqual({ before: 1 });
  expect(without(album, first, [second, third]).primary).toEqual({ before: 3 });
  expect(without(album, third, []).primary).toEqual({});
});

it('reviews move along the contract, row by row (§7.4)', () => {
  const moves = PHOTO_STATUSES.map((from) => PHOTO_STATUSES.filter((to) => mayMove(from, to)).join(' '));
  expect(moves).toEqual([
    'pending approved rejected',
    'approved rejected archived',
    'pending approved rejected archived',
    'pending approved rejected archived',
  ]);
});
