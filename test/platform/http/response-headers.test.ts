import { describe, expect, it } from 'vitest';
import { corsHeaders } from '../../../shared/platform/http/response-headers.ts';
import { httpEvent } from '../../support/http-event.ts';

const PANEL = 'https://panel.example.com';

describe('CORS', () => {
  it('lets in a page of an origin on the list, with its cookies and the headers that it needs', () => {
    expect(corsHeaders(httpEvent('GET', '/', { headers: { origin: PANEL } }), [PANEL])).toEqual({
      Vary: 'Origin',
      'Access-Control-Allow-Origin': PANEL,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': expect.stringContaining('Retry-After'),
    });
  });

  it.each([undefined, 'null', 'https://evil.example', `${PANEL}.evil.example`, PANEL.toUpperCase(), `${PANEL}/`])(
    'tells a page of %s nothing',
    (origin) => {
      const headers = origin === undefined ? {} : { origin };
      expect(corsHeaders(httpEvent('GET', '/', { headers }), [PANEL])).toEqual({ Vary: 'Origin' });
    },
  );
});
