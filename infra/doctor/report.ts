import type { Finding, Verdict } from './finding.ts';

const ORDER: readonly Verdict[] = ['fail', 'warn', 'ok', 'skipped'];

/** A line for each finding, what has to be done first, and a last line that counts. */
export function reportOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = ORDER.flatMap((verdict) =>
    findings
      .filter((each) => each.verdict === verdict)
      .map(({ subject, says }) => `${verdict.padEnd(7)}  ${subject.padEnd(width)}  ${says}`),
  );
  const counts = ORDER.map((verdict) => `${findings.filter((each) => each.verdict === verdict).length} ${verdict}`);
  return [...lines, counts.join(', ')].join('\n');
}
