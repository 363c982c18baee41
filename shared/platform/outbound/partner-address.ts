/** `official`: https to a host of the partner. `any`: wherever the variable points, for stand-ins in the local cloud. */
export type PartnerHosts = 'official' | 'any';

/**
 * A partner's base address without a slash at its end, as the environment names it. A deployed stage sends credentials
 * over https to the partner's own hosts and nowhere else (D-09).
 *
 * @example partnerAddress('SMOOBU_BASE_URL', env.SMOOBU_BASE_URL, { hosts: ['login.smoobu.com'], allowed: 'official' })
 * @throws Error naming the variable and never its value
 */
export function partnerAddress(
  variable: string,
  value: string,
  { hosts, allowed }: { readonly hosts: readonly string[]; readonly allowed: PartnerHosts },
): string {
  const url = URL.parse(value);
  const isPlain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  const isOfficial = url?.protocol === 'https:' && url.port === '' && hosts.includes(url.hostname);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!isPlain || !(isOfficial || (allowed === 'any' && isWeb))) {
    throw new Error(`${variable} must be an https address of ${hosts.join(' or ')}`);
  }
  return value.replace(/\/+$/, '');
}
