import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { HttpEvent } from '../../../shared/platform/http/exchange.ts';
import { defineHttpFunction, type HttpDeps } from '../../../shared/platform/http/http-function.ts';
import { judgeUpload, receiveUpload } from '../../../shared/platform/http/receive-upload.ts';
import { defineRoutes } from '../../../shared/platform/http/route.ts';
import { MOST_DIRECT_BYTES } from '../../../shared/platform/upload/upload.ts';
import type { StagedFile } from '../../../shared/platform/upload/uploads.ts';
import { BARE_DEPS } from '../../support/bare-deps.ts';

const common = {
  method: 'POST',
  access: 'optional',
  summary: '',
  tag: '',
  success: { status: 200, schema: z.object({ name: z.string(), size: z.number(), note: z.unknown() }) },
} as const;
const routes = defineRoutes({
  importar: {
    ...common,
    surface: 'aristay',
    path: '/api/bookings/import/',
    body: { schema: z.object({ note: z.string().max(5).optional() }) },
    upload: { field: 'file', proposito: 'reservas' },
  },
  cargar: { ...common, surface: 'sidekick', path: '/api/cargas', upload: { field: 'file', proposito: 'apartamentos' } },
  comparar: {
    ...common,
    surface: 'aristay',
    path: '/api/comparisons/',
    body: { schema: z.object({ note: z.string().max(5).optional() }) },
    upload: { field: 'entradas', second: 'salidas', proposito: 'heatmap', fieldsFirst: true },
  },
});

/** A function with both routes; what it staged and what it removed can be looked at. */
function aFunction(staged = new Map<string, string>(), outcome: () => void = () => {}) {
  const removed: string[] = [];
  const keyOf = ({ empresaId, proposito, id }: StagedFile) => `${empresaId}/${proposito}/${id}`;
  const deps: HttpDeps = {
    ...BARE_DEPS,
    tenantKeys: { dataKey: () => Promise.reject(new Error('No call of these carries an idempotency key')) },
    uploads: {
      receive: receiveUpload,
      judge: judgeUpload,
      async read(file) {
        const content = staged.get(keyOf(file));
        return content === undefined
          ? undefined
          : { name: 'staged.xlsx', contentType: 'text/plain', bytes: Buffer.from(content) };
      },
      async remove(file) {
        removed.push(keyOf(file));
      },
    },
  };
  const take = async ({
    upload,
    body,
  }: {
    upload: { name: string; bytes: Uint8Array };
    body?: { note?: string | undefined };
  }) => {
    outcome();
    return { name: upload.name, size: upload.bytes.length, note: body?.note ?? null };
  };
  const handler = defineHttpFunction(
    routes,
    {
      importar: take,
      cargar: ({ upload }) => take({ upload }),
      comparar: ({ upload, second, body }) => {
        const note = `${body.note ?? ''}+${second?.name ?? 'ninguno'}`;
        return take({ upload, body: { note } });
      },
    },
    deps,
  );
  return { handler, removed };
}

const CONTEXT = { getRemainingTimeInMillis: () => 20_000 } as never;
const person = { userId: 'u', number: 1, username: 'x', email: 'x' };
const actor = { ...person, empresaId: 'empresa', role: 'admin', esSuperadmin: false };

async function call(
  body: FormData | string | Uint8Array<ArrayBuffer>,
  given: { path?: string; type?: string; fn?: ReturnType<typeof aFunction> } = {},
) {
  const { path = '/api/bookings/import', fn = aFunction() } = given;
  const request = new Request('http://x', { method: 'POST', body });
  const bytes = Buffer.from(await request.arrayBuffer());
  const type = given.type ?? request.headers.get('content-type') ?? '';
  const event = {
    version: '2.0',
    routeKey: `ANY ${path}`,
    rawPath: path,
    headers: { 'content-type': type },
    requestContext: {
      requestId: 'r',
      http: { method: 'POST', sourceIp: '192.0.2.1' },
      authorizer: {
        lambda: { verdict: 'ok', toolsOff: '[]', actor: JSON.stringify({ ...actor, debeCambiarPassword: false }) },
      },
    },
    ...(bytes.length > 0 && { body: bytes.toString('base64') }),
    isBase64Encoded: true,
  };
  const answer = await fn.handler(event as unknown as HttpEvent, CONTEXT);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
}

function form(parts: Record<string, string | { name: string; bytes?: number }>): FormData {
  const data = new FormData();
  for (const [field, part] of Object.entries(parts)) {
    if (typeof part === 'string') data.set(field, part);
    else data.set(field, new File([new Uint8Array(part.bytes ?? 3).fill(65)], part.name));
  }
  return data;
}

describe('a file in a form', () => {
  it('reaches the operation whole, with its name and the other fields', async () => {
    const answer = await call(form({ note: 'ñu', file: { name: 'reservas añó.xlsx', bytes: 300_000 } }));
    expect(answer).toEqual({ status: 200, body: { name: 'reservas añó.xlsx', size: 300_000, note: 'ñu' } });
  });

  it('with a folder in its name comes without the folder', async () => {
    expect((await call(form({ file: { name: '../../etc/a.xlsx' } }))).body).toMatchObject({ name: 'a.xlsx' });
  });

  it('may have any extension of its purpose, in any case, and no other', async () => {
    expect((await call(form({ file: { name: 'a.CSV' } }))).status).toBe(200);
    expect((await call(form({ file: { name: 'a.xls' } }))).body).toMatchObject({
      details: { file: [expect.stringContaining('save it as “Excel Workbook (.xlsx)”')] },
    });
    expect(await call(form({ file: { name: 'a.pdf' } }))).toEqual({
      status: 400,
      body: {
        error: 'Validation failed',
        details: {
          file: ['The file must be .xlsx or .csv. Save it in that format and upload it again.'],
        },
      },
    });
    for (const name of ['xlsx', '.xlsx', 'a.xlsx.exe', '']) {
      expect([name, (await call(form({ file: { name } }))).status]).toEqual([name, 400]);
    }
  });

  it('of up to 4.4 MB is taken, a larger one is a 413 that says what to do', async () => {
    expect((await call(form({ file: { name: 'a.xlsx', bytes: MOST_DIRECT_BYTES } }))).status).toBe(200);
    expect(await call(form({ file: { name: 'a.xlsx', bytes: MOST_DIRECT_BYTES + 1 } }))).toEqual({
      status: 413,
      body: { detail: expect.stringContaining('upload_id') },
    });
  });

  it.each<[string, FormData, RegExp]>([
    ['is missing', form({ note: 'x' }), /in the field "file"/],
    ['comes in another field', form({ fichero: { name: 'a.xlsx' } }), /in the field "file"/],
    ['comes as text', form({ file: 'a.xlsx' }), /in the field "file"/],
    ['is empty', form({ file: { name: 'a.xlsx', bytes: 0 } }), /empty/],
    ['comes twice', form({ file: { name: 'a.xlsx' }, other: { name: 'b.xlsx' } }), /single file/],
    ['comes with the id of another', form({ file: { name: 'a.xlsx' }, upload_id: 'sub_x' }), /single file/],
  ])('that %s is a 400 with a sentence', async (_, data, sentence) => {
    expect(await call(data)).toEqual({
      status: 400,
      body: { error: 'Validation failed', details: { file: [expect.stringMatching(sentence)] } },
    });
  });

  it('beside a text that its schema refuses is a validation error of that field', async () => {
    const answer = await call(form({ note: 'too long', file: { name: 'a.xlsx' } }));
    expect(answer).toMatchObject({ status: 400, body: { details: { note: [expect.any(String)] } } });
  });
});

describe('a form that is none', () => {
  const text = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nabc\r\n--b--\r\n';
  const type = 'multipart/form-data; boundary=b';

  it('would have been read', async () => expect((await call(text, { type })).status).toBe(200));

  it.each<[string, string, string]>([
    ['is cut in its file', text.slice(0, 70), type],
    ['is cut in its headers', text.slice(0, 20), type],
    ['lacks its last boundary', text.slice(0, -10), type],
    ['names another boundary', text, 'multipart/form-data; boundary=c'],
    ['names no boundary', text, 'multipart/form-data'],
    ['has no part at all', 'nothing', type],
    [
      'has a field of megabytes',
      `--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n${'x'.repeat(99_999)}\r\n--b--`,
      type,
    ],
    [
      'has fields without end',
      `${'--b\r\nContent-Disposition: form-data; name="n"\r\n\r\nx\r\n'.repeat(99)}--b--`,
      type,
    ],
  ])('because it %s is a 400 with a sentence', async (_, body, contentType) => {
    const answer = await call(body, { type: contentType });
    expect(answer).toMatchObject({ status: 400, body: { details: { non_field_errors: [expect.any(String)] } } });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
    'because it is %j is a 400 too',
    async (contentType) => {
      expect((await call(text, { type: contentType })).status).toBe(400);
    },
  );

  it('because it is empty is a 400 too', async () => expect((await call('', { type })).status).toBe(400));
});

describe('a staged file', () => {
  const json = (value: unknown) => [JSON.stringify(value), { type: 'application/json' }] as const;
  const given = () => aFunction(new Map([['empresa/reservas/sub_1', 'hola']]));

  it('is named in JSON or in a form, and gone after its use', async () => {
    const [body, options] = json({ upload_id: 'sub_1', note: 'n' });
    const fn = given();
    expect(await call(body, { ...options, fn })).toEqual({
      status: 200,
      body: { name: 'staged.xlsx', size: 4, note: 'n' },
    });
    expect(fn.removed).toEqual(['empresa/reservas/sub_1']);
    expect((await call(form({ upload_id: 'sub_1' }), { fn: given() })).status).toBe(200);
  });

  it("is found for its own purpose and under the caller's company alone", async () => {
    const fn = aFunction(
      new Map([
        ['otra/reservas/sub_1', 'x'],
        ['empresa/heatmap/sub_1', 'x'],
      ]),
    );
    const [body, options] = json({ upload_id: 'sub_1' });
    expect(await call(body, { ...options, fn })).toEqual({
      status: 404,
      body: { detail: 'That upload does not exist, has been used or has expired. Upload the file again.' },
    });
  });

  it.each<[string, number, () => void, readonly string[]]>([
    [
      'is gone after a refusal',
      400,
      () => {
        throw new AppError('invalid', 'no');
      },
      ['empresa/reservas/sub_1'],
    ],
    [
      'stays after a failure of ours',
      500,
      () => {
        throw new Error('the table is away');
      },
      [],
    ],
  ])('%s of the operation, so that what may be repeated can be', async (_, status, outcome, removed) => {
    const fn = aFunction(new Map([['empresa/reservas/sub_1', 'hola']]), outcome);
    const [body, options] = json({ upload_id: 'sub_1' });
    expect((await call(body, { ...options, fn })).status).toBe(status);
    expect(fn.removed).toEqual(removed);
  });

  it('stays when another field has to be mended first', async () => {
    const fn = given();
    const [body, options] = json({ upload_id: 'sub_1', note: 'way too long' });
    expect([(await call(body, { ...options, fn })).status, fn.removed]).toEqual([400, []]);
  });

  it('may be named by anything but an id without harm', async () => {
    for (const upload_id of [7, null, {}, '../x', '']) {
      const [body, options] = json({ upload_id });
      expect((await call(body, options)).status).toBe(404);
    }
  });
});

describe('two files, of which the second may be missing', () => {
  const path = '/api/comparisons';
  const entradas = { name: 'a.xlsx' };
  const salidas = { name: 'b.xlsx' };

  it('come together, or the first alone, or with a second that nobody chose', async () => {
    for (const [parts, note] of [
      [{ entradas, salidas, note: 'ñ' }, 'ñ+b.xlsx'],
      [{ entradas }, '+ninguno'],
      [{ entradas, salidas: { name: '', bytes: 0 } }, '+ninguno'],
    ] as const) {
      expect((await call(form(parts), { path })).body).toEqual({ name: 'a.xlsx', size: 3, note });
    }
  });

  it('may both be staged, and both go with their use', async () => {
    const fn = aFunction(new Map(['sub_1', 'sub_2'].map((id) => [`empresa/heatmap/${id}`, 'hola'])));
    const body = JSON.stringify({ upload_id: 'sub_1', upload_id_salidas: 'sub_2' });
    const answer = await call(body, { path, fn, type: 'application/json' });
    expect(answer.body).toMatchObject({ name: 'staged.xlsx', note: '+staged.xlsx' });
    expect(fn.removed).toEqual(['empresa/heatmap/sub_1', 'empresa/heatmap/sub_2']);
  });

  it.each<[string, Parameters<typeof form>[0], RegExp]>([
    ['the second alone', { salidas }, /entradas/],
    ['the first twice, as a file and as an id', { entradas, upload_id: 'sub_1' }, /single/],
    ['a file of another field', { entradas, otro: salidas }, /single/],
    ['a second of another kind', { entradas, salidas: { name: 'b.csv' } }, /\.xlsx/],
    ['an empty second', { entradas, salidas: { name: 'b.xlsx', bytes: 0 } }, /empty/],
  ])('%s is a 400', async (_, parts, sentence) => {
    const answer = await call(form(parts), { path });
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringMatching(sentence)]);
  });

  it('are judged after the other fields where the route says so', async () => {
    const wrong = { entradas: { name: 'a.csv' } };
    const both = await call(form({ ...wrong, note: 'too long' }), { path });
    expect(both.body).toMatchObject({ details: { note: [expect.any(String)] } });
    const alone = await call(form(wrong), { path });
    expect(alone.body).toMatchObject({ details: { entradas: [expect.stringContaining('.xlsx')] } });
  });
});

it('a function that takes files has to know where they are staged', () => {
  const { uploads: _, ...without } = { uploads: undefined } as unknown as HttpDeps;
  expect(() => defineHttpFunction(routes, {} as never, without as HttpDeps)).toThrow(/staged/);
});
