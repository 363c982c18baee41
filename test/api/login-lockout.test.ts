import { afterEach, describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
afterEach(() => cloud.close());

const logIn = (email: string, password: string) =>
  cloud.client.as(undefined).write('POST', '/api/auth/login', { email, password });

async function failures(email: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) statuses.push((await logIn(email, 'no es esta')).status);
  return statuses;
}

describe('five failed log-ins in a row (D-07)', () => {
  it('close the pair of address and e-mail, whoever has the e-mail or nobody, and say when to come back', async () => {
    cloud = await startTestCloud({ rateLimits: true });
    const { email } = await cloud.given.aUser(await cloud.given.aCompany());
    const waits: number[] = [];
    for (const address of [email, 'nadie@example.com']) {
      expect(await failures(address, 5)).toEqual([401, 401, 401, 401, 401]);
      const refused = await logIn(address, PASSWORD);
      waits.push(Number(refused.headers.get('retry-after')));
      expect([refused.status, refused.body]).toEqual([
        429,
        {
          ok: false,
          errors: [
            expect.stringMatching(/^Demasiados intentos fallidos\. Vuelve a intentarlo dentro de \d+ minutos\.$/),
          ],
        },
      ]);
      // The limit of the route itself begins anew; the pair of the person is open again by then.
      await cloud.passTime(3_600);
    }
    for (const wait of waits) expect(wait > 1_700 && wait <= 1_800).toBe(true);
    expect((await logIn(email, PASSWORD)).status).toBe(200);
  });

  it('are counted in any spelling of the e-mail, and forgotten after a success', async () => {
    cloud = await startTestCloud({ rateLimits: true });
    const { email } = await cloud.given.aUser(await cloud.given.aCompany());
    expect(await failures(email, 2)).toEqual([401, 401]);
    expect(await failures(` ${email.toUpperCase()} `, 2)).toEqual([401, 401]);
    expect((await logIn(email, PASSWORD)).status).toBe(200);
    expect(await failures(email, 5)).toEqual([401, 401, 401, 401, 401]);
  });

  it('close nothing where limits are switched off', async () => {
    cloud = await startTestCloud();
    const { email } = await cloud.given.aUser(await cloud.given.aCompany());
    expect(await failures(email, 12)).toEqual(Array(12).fill(401));
    expect((await logIn(email, PASSWORD)).status).toBe(200);
  });

  it('cost the table the same for an e-mail that is known and for one that is not (D-06)', async () => {
    cloud = await startTestCloud({ rateLimits: true });
    const { email } = await cloud.given.aUser(await cloud.given.aCompany());
    const { dynamodb } = cloud.cloud.faults;
    const requestsOf = async (address: string) => {
      dynamodb.resetCounts();
      expect((await logIn(address, 'no es esta')).status).toBe(401);
      return dynamodb.counts();
    };
    const known = await requestsOf(email);
    expect(known).toEqual(await requestsOf('nadie@example.com'));
    expect(known).toMatchObject({ GetItem: 1, BatchGetItem: 1 });
  });
});
