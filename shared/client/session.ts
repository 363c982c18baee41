import type { components, paths } from './api.d.ts';
import type { Transport } from './retry.ts';

type Json<P extends keyof paths> = paths[P] extends {
  post: { responses: { 200: { content: { 'application/json': infer A } } } };
}
  ? A
  : never;

/** A refresh token opens one access token and its own successor. */
export type Tokens = Json<'/api/token/refresh/'>;

export interface Credentials {
  /** User name or e-mail address. */
  readonly username: string;
  readonly password: string;
}

interface SessionOptions {
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly tokens: Tokens | undefined;
  readonly onTokens: ((tokens: Tokens | undefined) => void) | undefined;
}

const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Stay Sidekick's paths have no slash at their end, Aristay's have one; CSRF is asked of the first alone. */
function wantsCsrf({ method, url }: Request): boolean {
  return !READS.includes(method) && !new URL(url).pathname.endsWith('/');
}

/** Who calls: token and its renewal, CSRF pair, a key for each write. */
export class Session {
  readonly #options: SessionOptions;
  #tokens: Tokens | undefined;
  #csrf: Promise<string> | undefined;
  /** One renewal at a time: a refresh token is good for one exchange. */
  #renewal: Promise<boolean> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#tokens = options.tokens;
  }

  get tokens(): Tokens | undefined {
    return this.#tokens;
  }

  async signIn(credentials: Credentials): Promise<void> {
    const answer = await this.#post('/api/token/', credentials);
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(sentenceOf(body as components['schemas']['AristayError']));
    const { access, refresh } = body as Tokens;
    this.#keep({ access, refresh });
  }

  async signOut(): Promise<void> {
    if (this.#tokens === undefined) return;
    const { access, refresh } = this.#tokens;
    await this.#post('/api/token/revoke/', { refresh }, { authorization: `Bearer ${access}` });
    this.#keep(undefined);
  }

  /** Sends a call; once more after a renewed token, and once more after a renewed CSRF pair: both may be too old. */
  async send(request: Request): Promise<Response> {
    const key = READS.includes(request.method) ? undefined : crypto.randomUUID();
    const used = this.#tokens?.access;
    const first = await this.#attempt(request, key);
    const isRenewed = first.status === 401 && used !== undefined && (await this.#renew(used));
    const answer = isRenewed ? await this.#attempt(request, key) : first;
    if (answer.status !== 403 || !wantsCsrf(request)) return answer;
    if (!(await answer.clone().text()).includes('CSRF')) return answer;
    this.#csrf = undefined;
    return this.#attempt(request, key);
  }

  async #attempt(original: Request, key: string | undefined): Promise<Response> {
    const request = original.clone();
    const { headers } = request;
    if (this.#tokens && !headers.has('authorization')) headers.set('authorization', `Bearer ${this.#tokens.access}`);
    if (key !== undefined && !headers.has('x-idempotency-key')) headers.set('x-idempotency-key', key);
    if (wantsCsrf(request)) {
      const value = await this.#csrfValue();
      headers.set('x-csrf-token', value);
      headers.set('cookie', `csrf_token=${value}`);
    }
    return this.#options.transport(request);
  }

  async #csrfValue(): Promise<string> {
    this.#csrf ??= this.#askCsrf().catch((error: unknown) => {
      this.#csrf = undefined;
      throw error;
    });
    return this.#csrf;
  }

  async #askCsrf(): Promise<string> {
    const answer = await this.#options.transport(new Request(new URL('/api/csrf-token', this.#options.baseUrl)));
    if (!answer.ok) throw new Error(`No CSRF value was given: ${answer.status}`);
    return ((await answer.json()) as { csrf_token: string }).csrf_token;
  }

  /** True when there is another access token than the one that was refused. */
  async #renew(refused: string): Promise<boolean> {
    if (this.#tokens === undefined) return false;
    if (this.#tokens.access !== refused) return true;
    this.#renewal ??= this.#exchange(this.#tokens.refresh).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #exchange(refresh: string): Promise<boolean> {
    const answer = await this.#post('/api/token/refresh/', { refresh });
    if (answer.ok) this.#keep((await answer.json()) as Tokens);
    else if (answer.status === 401) this.#keep(undefined);
    return answer.ok;
  }

  #keep(tokens: Tokens | undefined): void {
    this.#tokens = tokens;
    this.#options.onTokens?.(tokens);
  }

  #post(path: keyof paths, body: object, headers: Record<string, string> = {}): Promise<Response> {
    const init = {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    };
    return this.#options.transport(new Request(new URL(path, this.#options.baseUrl), init));
  }
}

function sentenceOf(error: object): string {
  const { detail, error: name } = error as { detail?: string; error?: string };
  return detail ?? name ?? 'The log-in was refused';
}
