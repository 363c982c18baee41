export type Verdict = 'ok' | 'warn' | 'fail' | 'skipped';

/** What one look at a stage has shown. */
export interface Finding {
  /** What was looked at, e.g. `secret MAILGUN_API_KEY`. */
  readonly subject: string;
  readonly verdict: Verdict;
  /** What is so; for `warn` and `fail` a sentence that says what to do, for `skipped` why nobody looked. */
  readonly says: string;
}

/** Some looks at one part of a stage. A check that throws has found that it could not look. */
export interface Check {
  readonly subject: string;
  look(): Promise<readonly Finding[]>;
}

export const ok = (subject: string, says: string): Finding => ({ subject, verdict: 'ok', says });
export const warn = (subject: string, says: string): Finding => ({ subject, verdict: 'warn', says });
export const fail = (subject: string, says: string): Finding => ({ subject, verdict: 'fail', says });
export const skipped = (subject: string, says: string): Finding => ({ subject, verdict: 'skipped', says });

/** `ok` when it holds, else what the other says. */
export function expectation(holds: boolean, good: Finding, bad: Finding): Finding {
  return holds ? good : bad;
}

/** The service is not there to be asked, as most are not beside the local cloud. */
export class NobodyAnswers extends Error {
  override readonly name = 'NobodyAnswers';
}

const NOT_ALLOWED = /AccessDenied|NotAuthorized|UnauthorizedOperation/;
const NOT_KNOWN = /UnknownOperation|NotImplemented|NotSupported/;

/** What it means that a look has thrown: absent and forbidden answers say nothing of the stage. */
function findingOf(subject: string, thrown: unknown): Finding {
  if (thrown instanceof NobodyAnswers) return skipped(subject, thrown.message);
  const { name, message } = thrown instanceof Error ? thrown : { name: 'Error', message: '' };
  if (NOT_KNOWN.test(name)) return skipped(subject, 'The emulator does not answer this question.');
  if (NOT_ALLOWED.test(name)) return skipped(subject, `Your credentials may not look (${name}).`);
  return fail(subject, `Could not be read (${name}: ${message}). Is the stage deployed, in this account and region?`);
}

/** Everything that the checks find, in their order. */
export async function examine(checks: readonly Check[]): Promise<readonly Finding[]> {
  const found = await Promise.all(
    checks.map(({ subject, look }) => look().catch((thrown: unknown) => [findingOf(subject, thrown)])),
  );
  return found.flat();
}
