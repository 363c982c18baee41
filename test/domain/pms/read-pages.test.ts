import { describe, expect, it } from 'vitest';
import { type ListPage, readPages } from '../../../shared/domain/pms/read-pages.ts';

interface Row {
  readonly id: string;
  readonly reading?: number;
}

/** Reads pages as they are given; the last is the one that `isLast` says, or the one behind all. */
function reading(pages: readonly (readonly string[])[], more: Partial<ListPage<Row>> = {}) {
  return readPages<Row>({
    proveedor: 'smoobu',
    idOf: ({ id }) => id,
    read: async ({ page }) => ({
      rows: (pages[page - 1] ?? []).map((id) => ({ id, reading: page })),
      isLast: () => page >= pages.length,
      ...more,
    }),
  });
}

describe('reading a list by its pages', () => {
  it('gives each row once, as it was read last', async () => {
    expect(
      await reading([
        ['1', '2'],
        ['2', '3'],
      ]),
    ).toEqual([
      { id: '1', reading: 1 },
      { id: '2', reading: 2 },
      { id: '3', reading: 2 },
    ]);
  });

  it('a list that is empty is a list', async () => {
    expect(await reading([[]], { total: 0 })).toEqual([]);
  });

  it.each([
    ['has fewer rows than it says', () => reading([['1', '2']], { total: 3 })],
    ['gives the same page again', () => reading([['1', '2'], ['1', '2'], ['3']])],
    ['has no end', () => reading([], { isLast: () => false })],
  ])('one that %s is none', async (_, list) => {
    await expect(list()).rejects.toMatchObject({ problem: 'BAD_RESPONSE' });
  });
});
