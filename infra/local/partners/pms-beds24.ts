import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';

/** The one account of the stand-in: its invite can be used once between two resets. */
export const BEDS24_ACCOUNT = {
  invite: 'demo-invite',
  refreshToken: 'demo-refresh-token',
  longLifeToken: 'demo-longlife-token',
  ownerId: 48211,
} as const;

const ACCESS_TOKEN = 'demo-access-token';
const DAY_S = 86_400;

function failure(code: number, error: string): PartnerAnswer {
  return { status: code, body: { success: false, type: 'error', code, error } };
}

/** Beds24's token calls (`integrations.md` §1.2.2). */
export function beds24(): Partner {
  let invited = false;
  const calls: Readonly<Record<string, (request: PartnerRequest) => PartnerAnswer>> = {
    '/authentication/setup': ({ headers }) => {
      if (headers.code !== BEDS24_ACCOUNT.invite || invited) return failure(401, 'Code not valid');
      invited = true;
      const { refreshToken } = BEDS24_ACCOUNT;
      return { status: 200, body: { token: ACCESS_TOKEN, expiresIn: DAY_S, refreshToken } };
    },
    '/authentication/token': ({ headers }) =>
      headers.refreshtoken === BEDS24_ACCOUNT.refreshToken
        ? { status: 200, body: { token: ACCESS_TOKEN, expiresIn: DAY_S } }
        : failure(401, 'Token not valid'),
    '/authentication/details': ({ headers }) =>
      headers.token === ACCESS_TOKEN || headers.token === BEDS24_ACCOUNT.longLifeToken
        ? { status: 200, body: { validToken: true, token: TOKEN_DETAILS } }
        : { status: 200, body: { validToken: false } },
  };
  return {
    name: 'beds24',
    addressVariable: 'BEDS24_BASE_URL',
    faults: {
      down: failure(503, 'Service unavailable'),
      '401': failure(401, 'Token not valid'),
      '429': {
        ...failure(429, 'Credit limit exceeded'),
        headers: { 'x-five-min-limit-remaining': '0', 'x-five-min-limit-resets-in': '60' },
      },
    },
    answer(request) {
      const call = calls[request.path.replace(/^\/api\/v2/, '')];
      if (call === undefined) return failure(404, 'Not found');
      return request.method === 'GET' ? call(request) : failure(405, 'Method not allowed');
    },
    reset: () => {
      invited = false;
    },
  };
}

const TOKEN_DETAILS = {
  ownerId: BEDS24_ACCOUNT.ownerId,
  expiresIn: DAY_S,
  scopes: ['read:bookings', 'read:bookings-personal', 'read:properties'],
  deviceName: 'stay-ops',
  linkedProperties: false,
  onlyPropertyId: null,
  whiteListOnly: false,
  whiteList: [],
};
