/** An answer with its body read: JSON where it is JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into bodies freely; the shape itself is what they check.
  readonly body: Record<string, unknown>;
  readonly text: string;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Sent as it is, instead of JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer> | FormData;
}

/** A client of the HTTP surface as the contract's own clients behave: CSRF pair on writes, bearer token. */
export class ApiClient {
  readonly #address: string;
  readonly token: string | undefined;
  #csrf: string | undefined;

  constructor(address: string, token?: string) {
    this.#address = address;
    this.token = token;
  }

  /** The same client as somebody else, or as nobody. */
  as(token: string | undefined): ApiClient {
    return new ApiClient(this.#address, token);
  }

  async csrf(): Promise<string> {
    if (this.#csrf === undefined) {
      const answer = await fetch(`${this.#address}/api/csrf-token`);
      this.#csrf = String(((await answer.json()) as Record<string, unknown>).csrf_token);
    }
    return this.#csrf;
  }

  async csrfPair(): Promise<Record<string, string>> {
    const value = await this.csrf();
    return { cookie: `csrf_token=${value}`, 'x-csrf-token': value };
  }

  /** One call exactly as said: no CSRF pair but the given headers. */
  async call(method: string, path: string, { body, raw, headers = {} }: CallOptions = {}): Promise<ApiAnswer> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(`${this.#address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(content !== undefined && { body: content }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') && text !== '';
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
      text,
    };
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.call('GET', path, { headers });
  }

  /** A write with the CSRF pair, which is fetched anew once when it has aged, as `stay-sidekick.md` §8 asks of clients. */
  async write(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const answer = await this.call(method, path, { body, headers: await this.csrfPair() });
    if (answer.status !== 403 || !answer.text.includes('CSRF')) return answer;
    this.#csrf = undefined;
    return this.call(method, path, { body, headers: await this.csrfPair() });
  }

  /** Uploads a file in a form, with other fields beside it. */
  async upload(
    path: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
    { field = 'file', fields = {} }: { readonly field?: string; readonly fields?: Record<string, string> } = {},
  ): Promise<ApiAnswer> {
    const raw = new FormData();
    for (const [name, value] of Object.entries(fields)) raw.set(name, value);
    raw.set(field, new File([new Uint8Array(file.bytes)], file.name));
    return this.call('POST', path, { raw, headers: await this.csrfPair() });
  }

  /** Signs in and answers a client with the token. */
  async signIn(email: string, password: string): Promise<ApiClient> {
    const answer = await this.write('POST', '/api/auth/login', { email, password });
    if (answer.status !== 200) throw new Error(`Log-in answered ${answer.status}: ${answer.text}`);
    return this.as(String(answer.body.token));
  }
}
