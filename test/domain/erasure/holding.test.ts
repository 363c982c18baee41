import { describe, expect, it } from 'vitest';
import type { Counts } from '../../../shared/domain/erasure/erasure.ts';
import { type ClearingRecord, clearHoldings, type Holding } from '../../../shared/domain/erasure/holding.ts';

const PORTION = 3;

/** A holding in memory; names in their order. */
class Shelf implements Holding {
  readonly name: string;
  left: string[];

  constructor(name: string, left: readonly string[]) {
    this.name = name;
    this.left = [...left];
  }

  async first(through?: string) {
    const names = this.left.filter((name) => through === undefined || name <= through).slice(0, PORTION);
    const last = names.at(-1);
    if (last === undefined) return undefined;
    const remove = async () => {
      this.left = this.left.filter((name) => !names.includes(name));
    };
    return { last, filas: { [this.name]: names.length }, remove };
  }
}

/** A record in memory that lets go after some claims. */
function record(mostClaims = Number.POSITIVE_INFINITY, leftover: ClearingRecord['leftover'] = null) {
  const counted: Counts = {};
  let claims = 0;
  return {
    counted,
    leftover,
    get outOfTime() {
      return claims >= mostClaims;
    },
    async claim(_: Holding, { filas = {} }: { readonly filas?: Counts }) {
      claims += 1;
      for (const [kind, count] of Object.entries(filas)) counted[kind] = (counted[kind] ?? 0) + count;
    },
  };
}

describe('clearing holdings', () => {
  it('counts every thing once and leaves none', async () => {
    const [a, b] = [new Shelf('A', ['1', '2', '3', '4']), new Shelf('B', ['1'])];
    const kept = record();
    expect(await clearHoldings([a, b], kept)).toEqual({ found: true });
    expect([a.left, b.left, kept.counted]).toEqual([[], [], { A: 4, B: 1 }]);
  });

  it('finds nothing where nothing is', async () => {
    expect(await clearHoldings([new Shelf('A', [])], record())).toEqual({ found: false });
  });

  it('goes round again until a whole round finds nothing: what came meanwhile goes too', async () => {
    const a = new Shelf('A', ['1']);
    const b = new Shelf('B', ['1']);
    const writers = ['2', '3'];
    const busy: Holding = {
      name: 'B',
      first: async (through) => {
        const late = writers.shift();
        if (late !== undefined) a.left.push(late);
        return b.first(through);
      },
    };
    const kept = record();
    expect(await clearHoldings([a, busy], kept)).toEqual({ found: true });
    expect([a.left, kept.counted]).toEqual([[], { A: 3, B: 1 }]);
  });

  it('stops when time is over, with nothing counted that is not deleted', async () => {
    const a = new Shelf('A', ['1', '2', '3', '4', '5']);
    const kept = record(1);
    expect(await clearHoldings([a], kept)).toBeUndefined();
    expect([a.left, kept.counted]).toEqual([['4', '5'], { A: 3 }]);
  });

  it('deletes what an interrupted process had counted without counting it again', async () => {
    const a = new Shelf('A', ['2', '3', '4']);
    const kept = record(undefined, { holding: 'A', through: '3' });
    await clearHoldings([new Shelf('Z', []), a], kept);
    expect([a.left, kept.counted, kept.leftover]).toEqual([[], { A: 1 }, null]);
  });

  it('keeps what was left by an interrupted process for the round that has its holding', async () => {
    const kept = record(undefined, { holding: 'A', through: '3' });
    await clearHoldings([new Shelf('B', ['1'])], kept);
    expect(kept.leftover).toEqual({ holding: 'A', through: '3' });
  });
});
