import * as z from 'zod';

const source = z.looseObject({ type: z.string(), id: z.string().optional(), etag: z.string().optional() });

/** A contact as the People API gives it (`integrations.md` §2.2.2), as far as we look at it. */
export const person = z.object({
  resourceName: z.string(),
  metadata: z
    .object({
      sources: z.array(source).default([]),
      deleted: z.boolean().default(false),
      previousResourceNames: z.array(z.string()).default([]),
    })
    .prefault({}),
  names: z.array(z.object({ displayName: z.string().optional(), unstructuredName: z.string().optional() })).default([]),
  phoneNumbers: z.array(z.object({ value: z.string().default(''), canonicalForm: z.string().optional() })).default([]),
  externalIds: z.array(z.object({ value: z.string().default(''), type: z.string().default('') })).default([]),
});
export type Person = z.output<typeof person>;

/** What came of one contact of a batch. */
export interface PersonOutcome {
  /** As it was asked for; empty for a contact that was to be created. */
  readonly requested: string;
  readonly person: Person | undefined;
  /** Code of google.rpc: 0 is success, 5 not found, 9 a stale etag. */
  readonly code: number;
}

export const CODE_OK = 0;
export const CODE_NOT_FOUND = 5;
export const CODE_STALE = 9;

/** The name that Google shows of a contact. */
export function shownName({ names: [first] }: Person): string {
  return first?.displayName ?? first?.unstructuredName ?? '';
}

/** Google writes runs of spaces in its own way. */
export function sameName(one: string, other: string): boolean {
  return comparableName(one) === comparableName(other);
}

export function comparableName(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** A contact that is still to be created. `mark` is how its answer is told from the others of its batch. */
export interface NewPerson {
  readonly name: string;
  readonly phone: string;
  readonly mark: string;
}

/** A contact that gets another name; what else it holds is not touched (D-27). */
export interface RenamedPerson {
  readonly resourceName: string;
  readonly sources: Person['metadata']['sources'];
  readonly name: string;
}

/** Type of the external id that we put on contacts of ours. */
export const MARK_TYPE = 'stay-ops';
