import type { Partner, PartnerAnswer } from './partner.ts';

/** The one account of the stand-in, with one property. */
export const CLOUDBEDS_ACCOUNT = { key: 'cbat_demo01', property: '190233' } as const;

const DENIED: PartnerAnswer = { status: 401, body: { error: 'access_denied', message: 'The API key is not valid.' } };

/** Cloudbeds' list of properties (`integrations.md` §1.4); an error of the matter itself comes as 200. */
export function cloudbeds(): Partner {
  return {
    name: 'cloudbeds',
    addressVariable: 'CLOUDBEDS_BASE_URL',
    faults: {
      down: { status: 503, body: { message: 'Service Unavailable' } },
      '401': DENIED,
      '429': { status: 429, body: { message: 'Too Many Requests' } },
    },
    answer({ method, path, query, headers }) {
      const given = headers['x-api-key'] ?? /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
      if (given !== CLOUDBEDS_ACCOUNT.key) return DENIED;
      if (path.replace(/^\/api\/v1\.3/, '') !== '/getHotels') return { status: 404, body: { message: 'Not found' } };
      if (method !== 'GET') return { status: 405, body: { message: 'Method not allowed' } };
      const wanted = [query.get('propertyIDs'), headers['x-property-id']].filter((id) => typeof id === 'string');
      if (wanted.some((id) => id !== CLOUDBEDS_ACCOUNT.property)) {
        return { status: 200, body: { success: false, message: 'None of the property ids match this key.' } };
      }
      const hotel = { propertyID: CLOUDBEDS_ACCOUNT.property, propertyName: 'Hostal Invención' };
      return { status: 200, body: { success: true, data: [hotel], count: 1, total: 1 } };
    },
    reset: () => undefined,
  };
}
