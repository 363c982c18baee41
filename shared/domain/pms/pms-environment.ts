import * as z from 'zod';

/** Variables of every function that asks a company's PMS. */
export const pmsEnvironment = z.object({
  KMS_KEY_ID: z.string().min(1),
  SMOOBU_BASE_URL: z.url(),
  BEDS24_BASE_URL: z.url(),
  HOSTAWAY_BASE_URL: z.url(),
  CLOUDBEDS_BASE_URL: z.url(),
  /** `any` only in the local cloud: credentials of a deployed stage travel to the partners' own hosts alone (D-09). */
  PARTNER_HOSTS: z.enum(['official', 'any']),
});
