import { AppError } from '../errors/app-error.ts';

/** The strong entity tag of a row that counts its changes (RFC 9110 §8.8.3). @example entityTag(3) // '"3"' */
export function entityTag(revision: number): string {
  return `"${revision}"`;
}

/**
 * The revision that a write is bound to; undefined when to none, by an absent header or by `*`.
 * @throws AppError `precondition_failed` for what was no tag of ours, since then it cannot be the present one
 */
export function boundRevision(ifMatch: string | undefined, refusal: string): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, revision] = /^\s*"(\d{1,15})"\s*$/.exec(ifMatch) ?? [];
  if (revision === undefined) throw new AppError('precondition_failed', refusal);
  return Number(revision);
}
