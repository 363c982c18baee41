import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { TargetProblem } from '../../../shared/platform/outbound/public-address.ts';
import type { PublicTargets } from '../../../shared/platform/outbound/public-target.ts';

const SENTENCES: Readonly<Record<TargetProblem, string>> = {
  not_an_address: 'Enter a valid URL.',
  not_https: 'Enter an https URL: payloads are not sent in clear.',
  credentials: 'Leave user name and password out of the URL: the signature says who sends.',
  port: 'Use port 443, or one from 1024 on.',
  not_a_public_name: 'Enter a host by its public DNS name.',
  private_network: 'This host is in a private network. Enter one that the internet can reach.',
  unresolved: 'This host could not be found. Check its name.',
};

/**
 * Refuses what must not be called (`aristay.md` §8.3). It is looked at again with every delivery.
 * @throws AppError `invalid`
 */
export async function checkUrl(targets: PublicTargets, url: string): Promise<void> {
  const problem = await targets.problemOf(url);
  if (problem === undefined) return;
  throw new AppError('invalid', SENTENCES[problem], { issues: [{ field: 'url', message: SENTENCES[problem] }] });
}
