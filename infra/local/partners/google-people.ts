import * as z from 'zod';
import type { GoogleWorld, StoredContact } from './google-world.ts';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';

type Account = Exclude<ReturnType<GoogleWorld['opened']>, 'scope' | undefined>;

const LARGEST_PAGE = 1_000;
const LARGEST_BATCH = 200;

const named = z.object({ givenName: z.string().default(''), familyName: z.string().default('') });
const phone = z.object({ value: z.string(), type: z.string().default('mobile') });
const labelled = z.object({ value: z.string(), type: z.string().default('') });
/** What a client sends of a person; Google takes one name at most. */
const sentPerson = z.object({
  names: z.array(named).max(1).default([]),
  phoneNumbers: z.array(phone).default([]),
  externalIds: z.array(labelled).default([]),
  metadata: z
    .object({ sources: z.array(z.object({ type: z.string(), etag: z.string().default('') })).default([]) })
    .prefault({}),
});
const createBody = z.object({
  contacts: z
    .array(z.object({ contactPerson: sentPerson }))
    .min(1)
    .max(LARGEST_BATCH),
  readMask: z.string().min(1),
});
const updateBody = z.object({
  contacts: z.record(z.string(), sentPerson),
  updateMask: z.string().min(1),
  readMask: z.string().min(1),
});

function failure(code: number, status: string, message: string, reason?: string): PartnerAnswer {
  const details = reason && [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }];
  return { status: code, body: { error: { code, message, status, ...(details && { details }) } } };
}

const INVALID = (message: string) => failure(400, 'INVALID_ARGUMENT', message);
const UNAUTHENTICATED = failure(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');

/** The People API as far as contacts go (`integrations.md` §2.2), for every account of the world. */
export function googlePeople(world: GoogleWorld): Partner {
  return {
    name: 'google-people',
    addressVariable: 'GOOGLE_PEOPLE_BASE_URL',
    faults: {
      down: failure(503, 'UNAVAILABLE', 'The service is currently unavailable.'),
      '401': UNAUTHENTICATED,
      '429': failure(
        429,
        'RESOURCE_EXHAUSTED',
        "Quota exceeded for quota metric 'Critical read requests (Contact and Profile Reads)' per minute per user",
        'RATE_LIMIT_EXCEEDED',
      ),
    },
    data: world.data,
    keyOf: bearer,
    answer(request) {
      const account = world.opened(bearer(request));
      if (account === undefined) return UNAUTHENTICATED;
      if (account === 'scope') {
        return failure(403, 'PERMISSION_DENIED', 'Insufficient scopes.', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT');
      }
      return route(request, account, world);
    },
    reset: () => undefined,
  };
}

function bearer({ headers }: PartnerRequest): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
}

function route({ method, path, query, body }: PartnerRequest, account: Account, world: GoogleWorld): PartnerAnswer {
  switch (`${method} ${path.replace(/^\/v1/, '')}`) {
    case 'GET /people/me/connections':
      return connections(query, account, world);
    case 'GET /people:batchGet':
      return batchGet(query, account);
    case 'POST /people:batchCreateContacts':
      return withBody(createBody, body, (sent) => batchCreate(sent, account, world));
    case 'POST /people:batchUpdateContacts':
      return withBody(updateBody, body, (sent) => batchUpdate(sent, account, world));
    default:
      return failure(404, 'NOT_FOUND', 'Method not found.');
  }
}

function withBody<S extends z.ZodType>(
  schema: S,
  body: Buffer,
  work: (sent: z.output<S>) => PartnerAnswer,
): PartnerAnswer {
  try {
    return work(schema.parse(JSON.parse(body.toString('utf8'))));
  } catch (thrown) {
    if (thrown instanceof z.ZodError || thrown instanceof SyntaxError) return INVALID('Invalid JSON payload received.');
    throw thrown;
  }
}

function connections(query: URLSearchParams, account: Account, world: GoogleWorld): PartnerAnswer {
  if (!query.get('personFields')) return INVALID('personFields mask is required.');
  const size = Number(query.get('pageSize') ?? 100);
  if (!(size >= 1 && size <= LARGEST_PAGE)) return INVALID('pageSize is out of range.');
  const syncToken = query.get('syncToken');
  const since = syncToken === null ? 0 : world.versionOf(syncToken);
  if (since === undefined) {
    return failure(400, 'FAILED_PRECONDITION', 'Sync token is expired.', 'EXPIRED_SYNC_TOKEN');
  }
  const changed = [...account.contacts.values()].filter(({ version, deleted }) =>
    syncToken === null ? !deleted : version > since,
  );
  const from = Number(query.get('pageToken') ?? 0);
  const last = from + size >= changed.length;
  return {
    status: 200,
    body: {
      connections: changed.slice(from, from + size).map(shown),
      totalItems: changed.length,
      ...(!last && { nextPageToken: String(from + size) }),
      ...(last && query.get('requestSyncToken') === 'true' && { nextSyncToken: world.syncToken() }),
    },
  };
}

function batchGet(query: URLSearchParams, { contacts }: Account): PartnerAnswer {
  const names = query.getAll('resourceNames');
  if (names.length === 0 || names.length > LARGEST_BATCH) return INVALID('resourceNames is out of range.');
  if (!query.get('personFields')) return INVALID('personFields mask is required.');
  const responses = names.map((requestedResourceName) => {
    const found = contacts.get(requestedResourceName);
    if (found === undefined || found.deleted)
      return { requestedResourceName, status: { code: 5, message: 'Not found' } };
    return { requestedResourceName, person: shown(found), status: {}, httpStatusCode: 200 };
  });
  return { status: 200, body: { responses } };
}

function batchCreate({ contacts }: z.output<typeof createBody>, account: Account, world: GoogleWorld): PartnerAnswer {
  const created = contacts.map(
    ({
      contactPerson: {
        names: [name],
        phoneNumbers,
        externalIds,
      },
    }) => {
      const resourceName = world.newName();
      const { givenName = '', familyName = '' } = name ?? {};
      const person = shown(world.put(account, { resourceName, givenName, familyName, phoneNumbers, externalIds }));
      return { person, requestedResourceName: resourceName, status: {} };
    },
  );
  // Nobody has promised that answers keep the order of the request.
  return { status: 200, body: { createdPeople: created.reverse() } };
}

function batchUpdate(sent: z.output<typeof updateBody>, account: Account, world: GoogleWorld): PartnerAnswer {
  const entries = Object.entries(sent.contacts);
  if (entries.length === 0 || entries.length > LARGEST_BATCH) return INVALID('contacts is out of range.');
  const fields = sent.updateMask.split(',');
  const results: Record<string, unknown> = {};
  for (const [requestedResourceName, wanted] of entries) {
    const standing = account.contacts.get(requestedResourceName);
    if (standing === undefined || standing.deleted) {
      results[requestedResourceName] = { requestedResourceName, status: { code: 5, message: 'Not found' } };
      continue;
    }
    const { found, as } = world.beforeUpdate(account, standing);
    if (wanted.metadata.sources.find(({ type }) => type === 'CONTACT')?.etag !== etagOf(found)) {
      if (as !== 'status') return stale(Number(as));
      results[requestedResourceName] = { requestedResourceName, status: { code: 9, message: 'Stale etag' } };
      continue;
    }
    const person = shown(world.put(account, changed(found, wanted, fields)));
    results[requestedResourceName] = { requestedResourceName, person, status: {} };
  }
  return { status: 200, body: { updateResult: results } };
}

function stale(status: number): PartnerAnswer {
  return failure(
    status,
    'FAILED_PRECONDITION',
    'Request person.etag is different than the current person.etag.',
    'failedPrecondition',
  );
}

/** The named fields are replaced completely, as Google does. */
function changed(found: StoredContact, wanted: z.output<typeof sentPerson>, fields: readonly string[]): StoredContact {
  const [name] = wanted.names;
  return {
    ...found,
    ...(fields.includes('names') && { givenName: name?.givenName ?? '', familyName: name?.familyName ?? '' }),
    ...(fields.includes('phoneNumbers') && { phoneNumbers: wanted.phoneNumbers }),
    ...(fields.includes('externalIds') && { externalIds: wanted.externalIds }),
  };
}

function etagOf({ version }: StoredContact): string {
  return `#v${version}`;
}

function shown(contact: StoredContact) {
  const { resourceName, version, deleted, givenName, familyName, phoneNumbers, externalIds } = contact;
  const id = resourceName.slice('people/c'.length);
  const sources = [{ type: 'CONTACT', id, etag: etagOf(contact) }];
  if (deleted) return { resourceName, etag: `%v${version}`, metadata: { sources, deleted, objectType: 'PERSON' } };
  const displayName = `${givenName} ${familyName}`.replace(/\s+/g, ' ').trim();
  return {
    resourceName,
    etag: `%v${version}`,
    metadata: { sources, objectType: 'PERSON' },
    names: displayName === '' ? [] : [{ metadata: { primary: true }, displayName, givenName, familyName }],
    phoneNumbers: phoneNumbers.map(({ value, type }) => {
      const canonical = value.replace(/[\s().-]/g, '').replace(/^00/, '+');
      return { value, type, ...(/^\+\d{8,15}$/.test(canonical) && { canonicalForm: canonical }) };
    }),
    externalIds,
  };
}
