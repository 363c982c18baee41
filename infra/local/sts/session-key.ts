/** Access keys of sessions; this one says whom the session is for, so that every service can tell without asking. */
const SESSION_KEY = /^ASIA([0-9A-F]{8})([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{12})$/;
const COMPANY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The access key of a session for one company; undefined when the id has not the form that the trust policy asks for. */
export function sessionKeyOf(empresaId: string): string | undefined {
  return COMPANY.test(empresaId) ? `ASIA${empresaId.replaceAll('-', '').toUpperCase()}` : undefined;
}

/** The company that a session's access key is for; undefined for the keys of functions and people. */
export function companyOfSession(accessKeyId: string): string | undefined {
  return SESSION_KEY.exec(accessKeyId)?.slice(1).join('-').toLowerCase();
}
