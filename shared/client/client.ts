import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './api.d.ts';
import { type RetryOptions, retrying } from './retry.ts';
import { type Credentials, Session, type Tokens } from './session.ts';
import { type StagedFile, stageFile } from './upload.ts';

export interface StayOpsOptions extends RetryOptions {
  /** Where the API is, e.g. `https://api.example.com`. */
  readonly baseUrl: string;
  /** Tokens of an earlier log-in, to go on with. */
  readonly tokens?: Tokens;
  /** Told whenever the tokens change; undefined after signing out. */
  readonly onTokens?: (tokens: Tokens | undefined) => void;
}

/** A client of both APIs, typed by the OpenAPI document. */
export interface StayOps {
  /**
   * Calls by method and path. CSRF pair, token, its renewal, idempotency key and retries are seen to.
   * @example const { data, error } = await api.calls.GET('/api/properties/{id}/', { params: { path: { id: '1' } } })
   */
  readonly calls: Client<paths>;
  /** The tokens in use. */
  readonly tokens: Tokens | undefined;
  /** @throws Error with the API's own sentence when the log-in is refused */
  signIn(credentials: Credentials): Promise<void>;
  /** Ends the session here and at the API. */
  signOut(): Promise<void>;
  /** Stages a file of up to 10 MB; its id then goes into the call that reads it, as `subida_id` or `upload_id`. */
  stage(proposito: StagedFile['proposito'], file: File): Promise<string>;
}

/**
 * The fields and the file of a call as a form, for files that need no staging (4.4 MB).
 * @example await api.calls.POST('/api/apartamentos/importacion', asForm({ file }))
 */
export function asForm(fields: Readonly<Record<string, string | File>>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  // The document can type a file as a text alone.
  return { body: form as never, bodySerializer: (body: unknown) => body };
}

/**
 * @example
 * const api = stayOps({ baseUrl: 'http://127.0.0.1:3000' });
 * await api.signIn({ username: 'dev@staysidekick.es', password: 'admin123' });
 * const { data } = await api.calls.GET('/api/apartamentos');
 */
export function stayOps({ baseUrl, tokens, onTokens, ...retry }: StayOpsOptions): StayOps {
  const transport = retrying(retry);
  const session = new Session({ baseUrl, transport, tokens, onTokens });
  const options: ClientOptions = { baseUrl, fetch: (request) => session.send(request) };
  const calls = createClient<paths>(options);
  return {
    calls,
    get tokens() {
      return session.tokens;
    },
    signIn: (credentials) => session.signIn(credentials),
    signOut: () => session.signOut(),
    stage: (proposito, file) => stageFile(calls, transport, { proposito, file }),
  };
}
