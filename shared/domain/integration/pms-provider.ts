/** The property management systems that a company can connect (`stay-sidekick.md` §3.5). */
export const PMS_PROVIDERS = ['smoobu', 'beds24', 'hostaway', 'cloudbeds'] as const;
export type PmsProvider = (typeof PMS_PROVIDERS)[number];

/** Hosts to which a provider's credential may travel (`integrations.md` §1.1.1, §1.2.1, §1.3.1, §1.4.1). */
export const PMS_HOSTS: Readonly<Record<PmsProvider, readonly string[]>> = {
  smoobu: ['login.smoobu.com'],
  beds24: ['beds24.com', 'api.beds24.com'],
  hostaway: ['api.hostaway.com'],
  cloudbeds: ['api.cloudbeds.com'],
};
