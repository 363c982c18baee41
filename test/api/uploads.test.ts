import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { postStaging, prepareStaging, staged } from '../support/staging.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let client: ApiClient;
let empresaId: string;
beforeAll(async () => {
  cloud = await startTestCloud();
  const company = await cloud.given.aCompany();
  empresaId = company.id;
  client = await cloud.client.signIn((await cloud.given.aUser(company, { role: 'viewer' })).email, PASSWORD);
});
afterAll(() => cloud.close());

const wanted = { proposito: 'heatmap', nombre: 'reservas añó.xlsx', bytes: 100 };
const bytes = (length: number) => new Uint8Array(length).fill(65);

async function keys(): Promise<readonly string[]> {
  const s3 = new S3Client({ forcePathStyle: true });
  const Bucket = cloud.cloud.info.buckets.exports;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'uploads/' }));
  return Contents.map(({ Key }) => Key ?? '');
}

describe('POST /api/subidas', () => {
  it('gives any role a form for one file, and an hour', async () => {
    const answer = await client.write('POST', '/api/subidas', wanted);
    expect([answer.status, answer.body]).toEqual([
      201,
      {
        ok: true,
        subida: {
          id: expect.stringMatching(/^sub_/),
          url: expect.stringContaining('http'),
          campos: expect.objectContaining({ key: expect.stringContaining(`uploads/${empresaId}/heatmap/sub_`) }),
          caduca: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
        },
      },
    ]);
    const { caduca } = answer.body.subida as { caduca: string };
    const seconds = (Date.parse(caduca) - cloud.cloud.now().getTime()) / 1000;
    expect(Math.abs(seconds - 3_600)).toBeLessThan(30);
  });

  it.each<[Record<string, unknown>, string]>([
    [
      { ...wanted, proposito: 'fotos' },
      'proposito: Debe ser uno de: apartamentos, checkins, heatmap, contactos, reservas.',
    ],
    [{ ...wanted, nombre: 'a.csv' }, 'nombre: El fichero debe ser .xlsx.'],
    [{ ...wanted, bytes: 10_485_761 }, 'bytes: Debe ser menor o igual que 10485760.'],
    [{ ...wanted, bytes: 0 }, 'bytes: Debe ser mayor o igual que 1.'],
    [{ ...wanted, empresa_id: 'x' }, 'empresa_id: No es un campo conocido. Quítalo o corrige su nombre.'],
  ])('refuses %j', async (body, sentence) => {
    const answer = await client.write('POST', '/api/subidas', body);
    expect([answer.status, answer.body]).toEqual([422, { ok: false, errors: [sentence] }]);
  });
});

describe('the form', () => {
  it('takes a file of the size that was said, and S3 itself refuses a larger one and an empty one', async () => {
    expect(await postStaging(await prepareStaging(client, wanted), bytes(100))).toBe(204);
    expect(await postStaging(await prepareStaging(client, wanted), bytes(101))).toBe(400);
    expect(await postStaging(await prepareStaging(client, wanted), bytes(0))).toBe(400);
  });

  it('can be bent to no other place: neither to another company nor to another purpose', async () => {
    const staging = await prepareStaging(client, wanted);
    for (const key of [`uploads/${empresaId}/apartamentos/${staging.id}`, `uploads/otra/heatmap/${staging.id}`]) {
      expect(await postStaging({ ...staging, campos: { ...staging.campos, key } }, bytes(1))).toBe(403);
    }
    const campos = { ...staging.campos, 'x-amz-meta-nombre': 'otro.xlsx' };
    expect(await postStaging({ ...staging, campos }, bytes(1))).toBe(403);
  });
});

describe('what was never used', () => {
  it('is deleted by the sweeper once its hour is over, not before', async () => {
    const id = await staged(client, 'heatmap', 'a.xlsx', bytes(10));
    const lies = async () => (await keys()).some((key) => key.endsWith(id));
    await cloud.passTime(3_500);
    await cloud.cloud.runSchedule('stay-ops-local-upload-sweeper');
    expect(await lies()).toBe(true);
    await cloud.passTime(101);
    await cloud.cloud.runSchedule('stay-ops-local-upload-sweeper');
    expect(await keys()).toEqual([]);
  });
});
