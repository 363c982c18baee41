import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import {
  type CallOut,
  jsonOf,
  type OutboundAnswer,
  OutboundFailed,
  type OutboundRequest,
} from '../../platform/outbound/outbound-call.ts';
import type { GoogleAccess } from './google-access.ts';
import { peopleFailure } from './google-errors.ts';
import { GoogleFailed } from './google-failed.ts';
import { MARK_TYPE, type NewPerson, type Person, type PersonOutcome, person, type RenamedPerson } from './person.ts';

export interface PeopleDeps {
  /** Base address with the version. */
  readonly address: string;
  readonly access: GoogleAccess;
  readonly callOut: CallOut;
}

/** One page of an account's contacts; `syncToken` comes with the last. */
export interface PersonPage {
  readonly people: readonly Person[];
  readonly pageToken: string | undefined;
  readonly syncToken: string | undefined;
}

/** Contacts of one batch at most, for reading by name, creating and updating alike. */
export const BATCH = 200;

const PAGE = 1_000;
const TOTAL_MS = 20_000;
/** A thousand people come to two or three megabytes. */
const MOST_BYTES = 32 * 1024 * 1024;
const READ_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1_000;
/** The same in every read, as sync tokens demand. */
const FIELDS = 'names,phoneNumbers,metadata';
const READ_MASK = 'names,phoneNumbers,externalIds,metadata';
const SOURCES = ['READ_SOURCE_TYPE_CONTACT'];

const page = z.object({
  connections: z.array(person).default([]),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});
const status = z.object({ code: z.int().default(0) }).prefault({});
const outcome = z.object({ requestedResourceName: z.string().default(''), person: person.optional(), status });
const batchGot = z.object({ responses: z.array(outcome).default([]) });
const batchCreated = z.object({ createdPeople: z.array(outcome).default([]) });
const batchUpdated = z.object({ updateResult: z.record(z.string(), outcome).default({}) });

/**
 * The People API (`integrations.md` §2.2) for one account. Reads are tried three times; writes once, because nobody
 * knows what became of one that was not answered. An access token that Google no longer takes is replaced once.
 */
export class PeopleClient {
  readonly #deps: PeopleDeps;

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  /**
   * Contacts, a thousand at a time: all of them, or what has changed since a sync token.
   * @throws GoogleFailed `SYNC_TOKEN_EXPIRED` when only a full read will do
   */
  async list(from: { readonly syncToken?: string; readonly pageToken?: string }): Promise<PersonPage> {
    const query = new URLSearchParams({ personFields: FIELDS, pageSize: String(PAGE), requestSyncToken: 'true' });
    for (const [name, value] of Object.entries(from)) query.set(name, value);
    const { connections, nextPageToken, nextSyncToken } = await this.#read(page, `/people/me/connections?${query}`);
    return { people: connections, pageToken: nextPageToken, syncToken: nextSyncToken };
  }

  /** Contacts by name, as they are now. */
  async getMany(resourceNames: readonly string[]): Promise<readonly PersonOutcome[]> {
    const fields = new URLSearchParams({ personFields: FIELDS, sources: String(SOURCES) });
    // Slashes stay as they are: two hundred names have to fit into one line.
    const names = resourceNames.map((name) => `resourceNames=${name}`).join('&');
    const { responses } = await this.#read(batchGot, `/people:batchGet?${names}&${fields}`);
    return responses.map(toOutcome);
  }

  /** Creates contacts, each in the main list. Answers come in no order: each carries its `mark`. */
  async createMany(people: readonly NewPerson[]): Promise<readonly PersonOutcome[]> {
    const contacts = people.map(({ name, phone, mark }) => ({
      contactPerson: {
        names: [{ givenName: name }],
        phoneNumbers: [{ value: phone, type: 'mobile' }],
        externalIds: [{ value: mark, type: MARK_TYPE }],
        memberships: [{ contactGroupMembership: { contactGroupResourceName: 'contactGroups/myContacts' } }],
      },
    }));
    const body = { contacts, readMask: READ_MASK, sources: SOURCES };
    const { createdPeople } = await this.#write(batchCreated, '/people:batchCreateContacts', body);
    return createdPeople.map(toOutcome);
  }

  /** Gives contacts other names; those whose etag is stale are answered so, or the whole call throws `STALE`. */
  async renameMany(people: readonly RenamedPerson[]): Promise<readonly PersonOutcome[]> {
    const contacts = people.map(({ resourceName, sources, name }) => [
      resourceName,
      { resourceName, metadata: { sources }, names: [{ givenName: name }] },
    ]);
    const body = { contacts: Object.fromEntries(contacts), updateMask: 'names', readMask: READ_MASK, sources: SOURCES };
    const { updateResult } = await this.#write(batchUpdated, '/people:batchUpdateContacts', body);
    return Object.entries(updateResult).map(([name, result]) =>
      toOutcome({ ...result, requestedResourceName: result.requestedResourceName || name }),
    );
  }

  async #read<S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return parsed(schema, await this.#call({ method: 'GET', address: path }));
      } catch (thrown) {
        if (!(thrown instanceof GoogleFailed && thrown.isUndecided) || attempt === READ_ATTEMPTS) throw thrown;
      }
      await delay(Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }

  async #write<S extends z.ZodType>(schema: S, path: string, content: object): Promise<z.output<S>> {
    const body = JSON.stringify(content);
    return parsed(schema, await this.#call({ method: 'POST', address: path, body }));
  }

  async #call(request: OutboundRequest): Promise<OutboundAnswer> {
    const first = await this.#send(request, await this.#deps.access.token());
    const answer = first.status === 401 ? await this.#send(request, await this.#deps.access.renewed()) : first;
    if (answer.status !== 200) throw peopleFailure(answer);
    return answer;
  }

  async #send({ method, address: path, body }: OutboundRequest, token: string): Promise<OutboundAnswer> {
    const { address, callOut } = this.#deps;
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const limits = { signal: AbortSignal.timeout(TOTAL_MS), mostBytes: MOST_BYTES };
    try {
      return await callOut(
        { method, address: `${address}${path}`, headers, ...(body !== undefined && { body }) },
        limits,
      );
    } catch (thrown) {
      if (!(thrown instanceof OutboundFailed)) throw thrown;
      throw new GoogleFailed(thrown.problem === 'timeout' ? 'TIMEOUT' : 'UPSTREAM_UNAVAILABLE');
    }
  }
}

function parsed<S extends z.ZodType>(schema: S, answer: OutboundAnswer): z.output<S> {
  const result = schema.safeParse(jsonOf(answer));
  if (!result.success) throw new GoogleFailed('BAD_RESPONSE');
  return result.data;
}

function toOutcome({
  requestedResourceName,
  person: found,
  status: { code },
}: z.output<typeof outcome>): PersonOutcome {
  return { requested: requestedResourceName, person: found, code };
}
