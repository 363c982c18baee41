/** Countries whose companies may ask for access (`stay-sidekick.md` §4.13). */
export const COUNTRIES = [
  ...(['AR', 'AT', 'AU', 'BE', 'BG', 'BO', 'BR', 'CA', 'CH', 'CL', 'CN', 'CO', 'CR', 'CU', 'CZ', 'DE', 'DK'] as const),
  ...(['DO', 'EC', 'ES', 'FI', 'FR', 'GB', 'GR', 'GT', 'HN', 'HR', 'HU', 'IE', 'IN', 'IT', 'JP', 'MX', 'NI'] as const),
  ...(['NL', 'NO', 'PA', 'PE', 'PL', 'PR', 'PT', 'PY', 'RO', 'SE', 'SI', 'SK', 'SV', 'US', 'UY', 'VE'] as const),
] as const;
