/** Most characters of a company's name (`stay-sidekick.md` §3.1). */
export const LONGEST_COMPANY_NAME = 200;
