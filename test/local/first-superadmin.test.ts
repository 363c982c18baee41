import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

function command(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const file = fileURLToPath(new URL('../../bin/first-superadmin.ts', import.meta.url));
  const env = { ...process.env, API_ADDRESS: cloud.cloud.address };
  return new Promise((ended) => {
    const child = execFile(process.execPath, [file, ...args], { env }, (_error, out, err) => {
      ended({ code: child.exitCode ?? -1, out, err });
    });
  });
}

describe('bin/first-superadmin.ts', () => {
  it('makes a company and a superadmin, once, who may make other companies', async () => {
    const wanted = ['--stage', 'local', '--company', 'Operaciones', '--email', 'Ops@example.com'];
    const first = await command(...wanted);
    expect(first).toMatchObject({ code: 0, err: '' });
    const password = /password: (\S+)/.exec(first.out)?.[1] ?? '';
    const newcomer = await cloud.client.signIn('ops@example.com', password);
    // A temporary password opens nothing but its own change.
    expect((await newcomer.get('/api/empresas')).status).toBe(403);
    const change = { password_actual: password, password_nueva: 'otra-clave-larga-2026' };
    expect((await newcomer.write('PUT', '/api/perfil/password', change)).status).toBe(200);
    const operator = await cloud.client.signIn('ops@example.com', 'otra-clave-larga-2026');
    const made = await operator.write('POST', '/api/empresas', { nombre: 'Cliente', email: 'cliente@example.com' });
    expect(made.status).toBe(201);

    const again = await command(...wanted);
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('email_taken') });
    const { body } = await operator.get('/api/empresas');
    expect((body.empresas as unknown[]).length).toBe(2);
  });

  it.each([[['--stage', 'local']], [['--stage', 'local', '--company', 'x', '--email', 'nobody']], [['--frobnicate']]])(
    'says how it is used when it is given %j',
    async (args) => {
      expect(await command(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--email') });
    },
  );
});
