import * as z from 'zod';

/** Variables of every function that speaks to Google. */
export const googleVariables = {
  GOOGLE_ACCOUNTS_BASE_URL: z.url(),
  GOOGLE_OAUTH_BASE_URL: z.url(),
  GOOGLE_PEOPLE_BASE_URL: z.url(),
  GOOGLE_CLIENT_ID: z.string().min(1),
  GOOGLE_REDIRECT_URI: z.url(),
  /** `any` only in the local cloud: tokens of a deployed stage travel to Google's own hosts alone (D-09). */
  PARTNER_HOSTS: z.enum(['official', 'any']),
};
