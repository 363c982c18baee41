import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const WRONG = { ok: false, errors: ['El correo o la contraseña no son correctos.'] };

describe('POST /api/auth/login', () => {
  it('answers a token that opens the profile', async () => {
    const company = await cloud.given.aCompany();
    const user = await cloud.given.aUser(company, { role: 'manager' });
    const answer = await cloud.client.write('POST', '/api/auth/login', {
      email: ` ${user.email.toUpperCase()} `,
      password: PASSWORD,
      otra: 1,
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ok: true, token: expect.any(String), debe_cambiar_password: false });
    const claims = JSON.parse(Buffer.from(String(answer.body.token).split('.')[1] ?? '', 'base64').toString());
    expect(claims).toMatchObject({
      sub: user.email,
      user_id: user.id,
      empresa_id: company.id,
      company_id: company.id,
      rol: 'operativo',
      role: 'manager',
      es_superadmin: false,
      debe_cambiar_password: false,
      token_type: 'access',
      jti: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(claims.exp - claims.iat).toBe(3_600);
    const profile = await cloud.client.as(String(answer.body.token)).get('/api/perfil');
    expect(profile.body).toEqual({
      ok: true,
      data: {
        email: user.email,
        rol: 'operativo',
        empresa_id: company.id,
        password_changed_at: '2026-05-01T10:00:00+00:00',
      },
    });
  });

  it('gives one sentence for every reason not to let in', async () => {
    const company = await cloud.given.aCompany();
    const closed = await cloud.given.aCompany({ activa: false });
    const attempts = [
      { email: 'nadie@example.com', password: PASSWORD },
      { email: (await cloud.given.aUser(company)).email, password: 'otra-cosa' },
      { email: (await cloud.given.aUser(company, { activo: false })).email, password: PASSWORD },
      { email: (await cloud.given.aUser(closed)).email, password: PASSWORD },
    ];
    for (const attempt of attempts) {
      const answer = await cloud.client.write('POST', '/api/auth/login', attempt);
      expect([answer.status, answer.body]).toEqual([401, WRONG]);
    }
  });

  it('tells 400 from 422 as ruling 15 says, all failing fields together', async () => {
    const headers = await cloud.client.csrfPair();
    const json = { ...headers, 'content-type': 'application/json' };
    for (const raw of ['', '{', '[]', '"x"', 'null', '3', '\u0000']) {
      const answer = await cloud.client.call('POST', '/api/auth/login', { raw, headers: json });
      expect([raw, answer.status, answer.body.ok]).toEqual([raw, 400, false]);
    }
    const plain = await cloud.client.call('POST', '/api/auth/login', {
      raw: '{}',
      headers: { ...headers, 'content-type': 'text/plain' },
    });
    expect(plain.status).toBe(400);
    const empty = await cloud.client.write('POST', '/api/auth/login', {});
    expect(empty.status).toBe(422);
    expect(empty.body).toEqual({ ok: false, errors: ['email: Es obligatorio.', 'password: Es obligatorio.'] });
    const bad = await cloud.client.write('POST', '/api/auth/login', { email: 'x', password: '       ' });
    expect(bad.body).toEqual({
      ok: false,
      errors: [
        'email: No es una dirección de correo válida.',
        'password: Debe tener al menos 8 caracteres.',
        'password: No puede estar en blanco.',
      ],
    });
    const nulls = await cloud.client.write('POST', '/api/auth/login', { email: null, password: null });
    expect(nulls.body).toEqual({ ok: false, errors: ['email: Es obligatorio.', 'password: Es obligatorio.'] });
  });
});

describe('GET /api/auth/validacion', () => {
  it('says whether the token opens a session, and never why not', async () => {
    const company = await cloud.given.aCompany();
    const user = await cloud.given.aUser(company);
    const signedIn = await cloud.client.signIn(user.email, PASSWORD);
    const good = await signedIn.get('/api/auth/validacion');
    expect([good.status, good.body]).toEqual([200, { ok: true }]);
    for (const token of [undefined, 'x.y.z']) {
      const answer = await cloud.client.as(token).get('/api/auth/validacion');
      expect([answer.status, answer.body]).toEqual([401, { ok: false }]);
    }
  });
});

describe('PUT /api/perfil/password', () => {
  it('replaces the password, ends the sessions made before and lets the new one in', async () => {
    const user = await cloud.given.aUser(await cloud.given.aCompany(), { role: 'viewer' });
    const before = await cloud.client.signIn(user.email, PASSWORD);
    const other = await cloud.client.signIn(user.email, PASSWORD);
    const nueva = ' <otra> contraseña ';
    const changed = await before.write('PUT', '/api/perfil/password', {
      password_actual: PASSWORD,
      password_nueva: nueva,
      password_confirm: nueva,
    });
    expect([changed.status, changed.body]).toEqual([200, { ok: true }]);
    await cloud.passTime(60);
    for (const ended of [before, other]) {
      const answer = await ended.get('/api/perfil');
      expect([answer.status, answer.body]).toEqual([
        401,
        { ok: false, errors: [expect.stringContaining('no es válido o ha caducado')] },
      ]);
    }
    expect(
      (await cloud.client.write('POST', '/api/auth/login', { email: user.email, password: PASSWORD })).status,
    ).toBe(401);
    const after = await cloud.client.signIn(user.email, nueva);
    expect((await after.get('/api/perfil')).status).toBe(200);
  });

  it('refuses a wrong current password, a mismatch, and unknown keys', async () => {
    const user = await cloud.given.aUser(await cloud.given.aCompany());
    const client = await cloud.client.signIn(user.email, PASSWORD);
    const put = async (body: unknown) => {
      const answer = await client.write('PUT', '/api/perfil/password', body);
      return [answer.status, answer.body.errors];
    };
    expect(await put({ password_actual: 'no-es-esta', password_nueva: 'una-nueva' })).toEqual([
      422,
      ['La contraseña actual no es correcta.'],
    ]);
    expect(await put({ password_actual: PASSWORD, password_nueva: 'una-nueva', password_confirm: 'otra' })).toEqual([
      422,
      ['password_confirm: No coincide con la contraseña nueva.'],
    ]);
    expect(await put({ password_actual: PASSWORD, password_nuevo: 'una-nueva' })).toEqual([
      422,
      ['password_nueva: Es obligatorio.', 'password_nuevo: No es un campo conocido. Quítalo o corrige su nombre.'],
    ]);
    expect(await put({ password_actual: PASSWORD, password_nueva: '        ' })).toEqual([
      422,
      ['password_nueva: No puede estar en blanco.'],
    ]);
  });
});

describe('a temporary password (ruling 3)', () => {
  it('opens own profile, change and validation, and nothing else', async () => {
    const user = await cloud.given.aUser(await cloud.given.aCompany(), { debe_cambiar_password: true });
    const login = await cloud.client.write('POST', '/api/auth/login', { email: user.email, password: PASSWORD });
    expect(login.body.debe_cambiar_password).toBe(true);
    const client = cloud.client.as(String(login.body.token));
    expect((await client.get('/api/perfil')).status).toBe(200);
    expect((await client.get('/api/auth/validacion')).status).toBe(200);
    const closed = await client.get('/api/perfil/xlsx-apartamentos');
    expect([closed.status, closed.body.errors]).toEqual([
      403,
      ['Tienes una contraseña temporal. Cámbiala antes de seguir.'],
    ]);
    const changed = await client.write('PUT', '/api/perfil/password', {
      password_actual: PASSWORD,
      password_nueva: 'ya es la mía',
    });
    expect(changed.status).toBe(200);
    const again = await cloud.client.signIn(user.email, 'ya es la mía');
    expect((await again.get('/api/perfil/xlsx-apartamentos')).status).toBe(200);
  });

  it('is not what an old one becomes: nobody has to change a password for its age (D-59)', async () => {
    const old = { password_changed_at: '2020-01-01T10:00:00+00:00' };
    const user = await cloud.given.aUser(await cloud.given.aCompany(), old);
    const { body } = await cloud.client.write('POST', '/api/auth/login', { email: user.email, password: PASSWORD });
    expect(body).toMatchObject({ ok: true, debe_cambiar_password: false });
  });
});

it('null is no text: it is named as what is wrong, and never becomes the word (D-39)', async () => {
  const login = await cloud.client.write('POST', '/api/auth/login', { email: null, password: null });
  expect([login.status, login.body.errors]).toEqual([
    422,
    [expect.stringMatching(/^email: /), expect.stringMatching(/^password: /)],
  ]);
});
