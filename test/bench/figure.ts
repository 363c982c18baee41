/** One figure beside what it should be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** e.g. `<= 3`; absent where nothing is asked. */
  readonly target?: string;
}

/** What measures one thing; `npm run bench -- <topic>` runs it alone. */
export interface Bench {
  readonly topic: string;
  measure(): Promise<readonly Figure[]>;
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
