import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Figure } from './figure.ts';

/** One figure with the topic that measures it. */
export type TopicFigure = Figure & { readonly topic: string };

const FILE = new URL('figures.json', import.meta.url);
const README = new URL('../../README.md', import.meta.url);
const [BEGIN, END] = ['<!-- figures -->', '<!-- /figures -->'];

const committed = z.object({
  /** What they were measured on; figures of different machines are not to be compared. */
  machine: z.string(),
  /** The day of the last run that was committed, which need not have measured every topic. */
  measured: z.iso.date(),
  figures: z.array(
    z.object({
      topic: z.string(),
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      target: z.string().exactOptional(),
    }),
  ),
});
export type CommittedFigures = z.infer<typeof committed>;

/** The last figures that were committed. */
export async function readCommittedFigures(): Promise<CommittedFigures> {
  return committed.parse(JSON.parse(await readFile(FILE, 'utf8')));
}

/** Keeps a run's figures for the next runs to be compared with, and shows them in the README. */
export async function commitFigures(figures: CommittedFigures): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(figures, null, 2)}\n`);
  await writeFile(README, withFigures(await readFile(README, 'utf8'), figures));
}

/** The README with these figures between its marks. */
export function withFigures(readme: string, figures: CommittedFigures): string {
  const [before = '', rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README.md needs ${BEGIN} and ${END} around its figures`);
  return `${before}${BEGIN}\n\n${pageOf(figures)}\n\n${END}${after}`;
}

/** Sizes of forty bundles would hide the rest: the suites hold them to their budgets, and the file has them all. */
function pageOf({ machine, measured, figures }: CommittedFigures): string {
  const rows = figures
    .filter(({ topic }) => topic !== 'bundles')
    .map(
      ({ name, value, unit, target }) =>
        `| ${name} | ${value.toLocaleString('en')} ${unit} | ${verdict(value, target)} |`,
    );
  return [
    `Measured on ${machine}, the last of them on ${measured}.`,
    '',
    '| Figure | Measured | Target |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function verdict(value: number, target: string | undefined): string {
  if (target === undefined) return '';
  return meets(value, target) ? target : `${target}: missed`;
}

/** @param target e.g. `<= 3`, `>= 2500`, `0` */
export function meets(value: number, target: string): boolean {
  const [, sign, number] = /^([<>]=)?\s*([\d.]+)$/.exec(target.replaceAll(',', '')) ?? [];
  if (number === undefined) throw new Error(`${target} is no target: write e.g. "<= 3"`);
  const bound = Number(number);
  if (sign === '<=') return value <= bound;
  return sign === '>=' ? value >= bound : value === bound;
}

/** How a figure stands beside the one that was committed last: `×1.04`; empty for a new one. */
export function besideCommitted(figure: TopicFigure, last: readonly TopicFigure[]): string {
  const before = last.find(({ topic, name, unit }) => isSame(figure, { topic, name, unit }));
  if (before === undefined) return '';
  return before.value === 0 ? `was ${before.value}` : `×${(figure.value / before.value).toFixed(2)} of ${before.value}`;
}

function isSame(figure: TopicFigure, { topic, name, unit }: Pick<TopicFigure, 'topic' | 'name' | 'unit'>): boolean {
  return figure.topic === topic && figure.name === name && figure.unit === unit;
}
