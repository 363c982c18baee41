import {
  BatchGetSecretValueCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { exceptionOf, givenDirectory, givenSecretsManager, REGION } from './given-secrets-manager.ts';

const NAME = 'stay-ops/local/JWT_SECRET_KEY';
const fixed = { name: NAME, properties: { SecretString: 'first', Description: 'signs tokens' } };

describe('a secret', () => {
  test('is read by name, ARN and ARN without its ending', async () => {
    const { manager, client } = await givenSecretsManager();
    const { arn } = manager.createSecret(fixed);
    expect(arn).toMatch(new RegExp(`^arn:aws:secretsmanager:${REGION}:123456789012:secret:${NAME}-[A-Za-z0-9]{6}$`));
    for (const SecretId of [NAME, arn, arn.slice(0, -7)]) {
      const value = await client.send(new GetSecretValueCommand({ SecretId }));
      expect(value).toMatchObject({ ARN: arn, Name: NAME, SecretString: 'first', VersionStages: ['AWSCURRENT'] });
      expect(value.CreatedDate).toEqual(new Date('2026-11-21T09:30:00Z'));
    }
    for (const SecretId of ['none', `${NAME}x`, arn.slice(0, -1)]) {
      expect(await exceptionOf(client.send(new GetSecretValueCommand({ SecretId })))).toBe('ResourceNotFoundException');
    }
  });

  test('takes the ARN the template resolves to', async () => {
    const { manager, text } = await givenSecretsManager();
    const arn = `arn:aws:secretsmanager:${REGION}:123456789012:secret:mine-AbCdEf`;
    expect(manager.createSecret({ ...fixed, arn }).arn).toBe(arn);
    expect(await text(arn)).toBe('first');
  });

  test('has a current and a previous value', async () => {
    const { manager, client, text } = await givenSecretsManager();
    manager.createSecret(fixed);
    expect(await exceptionOf(text(NAME, 'AWSPREVIOUS'))).toBe('ResourceNotFoundException');
    for (const SecretString of ['second', 'third']) {
      await client.send(new PutSecretValueCommand({ SecretId: NAME, SecretString }));
    }
    expect([await text(NAME), await text(NAME, 'AWSPREVIOUS')]).toEqual(['third', 'second']);
    const { VersionIdsToStages, Description } = await client.send(new DescribeSecretCommand({ SecretId: NAME }));
    expect(Object.values(VersionIdsToStages ?? {}).sort()).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
    expect(Description).toBe('signs tokens');
    await client.send(new UpdateSecretCommand({ SecretId: NAME, SecretString: 'fourth', Description: 'new' }));
    expect([await text(NAME), await text(NAME, 'AWSPREVIOUS')]).toEqual(['fourth', 'third']);
    manager.reset();
    expect(await text(NAME)).toBe('first');
    expect(await exceptionOf(text(NAME, 'AWSPREVIOUS'))).toBe('ResourceNotFoundException');
  });

  test('holds a pending value beside the current one', async () => {
    const { manager, client, text } = await givenSecretsManager();
    manager.createSecret(fixed);
    const put = { SecretId: NAME, SecretString: 'next', VersionStages: ['AWSPENDING'] };
    await client.send(new PutSecretValueCommand(put));
    expect([await text(NAME), await text(NAME, 'AWSPENDING')]).toEqual(['first', 'next']);
  });

  test('is put once under one token', async () => {
    const { manager, client } = await givenSecretsManager();
    manager.createSecret(fixed);
    const ClientRequestToken = '11111111-2222-4333-8444-555555555555';
    const put = (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId: NAME, SecretString, ClientRequestToken }));
    expect((await put('second')).VersionId).toBe(ClientRequestToken);
    expect((await put('second')).VersionId).toBe(ClientRequestToken);
    expect(await exceptionOf(put('other'))).toBe('ResourceExistsException');
    const byId = await client.send(new GetSecretValueCommand({ SecretId: NAME, VersionId: ClientRequestToken }));
    expect(byId.SecretString).toBe('second');
  });

  test('may be bytes, and must be something', async () => {
    const { manager, client } = await givenSecretsManager();
    manager.createSecret(fixed);
    const SecretBinary = Buffer.from([0, 255, 1]);
    await client.send(new PutSecretValueCommand({ SecretId: NAME, SecretBinary }));
    const value = await client.send(new GetSecretValueCommand({ SecretId: NAME }));
    expect(Buffer.from(value.SecretBinary ?? [])).toEqual(SecretBinary);
    expect(value.SecretString).toBeUndefined();
    expect(await exceptionOf(client.send(new PutSecretValueCommand({ SecretId: NAME })))).toBe(
      'InvalidRequestException',
    );
    const long = new PutSecretValueCommand({ SecretId: NAME, SecretString: 'x'.repeat(65_537) });
    expect(await exceptionOf(client.send(long))).toBe('ValidationException');
  });

  test('comes together with others in one call', async () => {
    const { manager, client } = await givenSecretsManager();
    manager.createSecret({ name: 'a', properties: { SecretString: '1' } });
    manager.createSecret({ name: 'b', properties: { SecretString: '2' } });
    const { SecretValues, Errors } = await client.send(
      new BatchGetSecretValueCommand({ SecretIdList: ['a', 'b', 'c'] }),
    );
    expect(SecretValues?.map(({ Name, SecretString }) => [Name, SecretString])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(Errors).toMatchObject([{ SecretId: 'c', ErrorCode: 'ResourceNotFoundException' }]);
  });
});

describe('a restart', () => {
  test('keeps generated and given values; a changed declaration makes a new version', async () => {
    const dataDirectory = givenDirectory();
    const generated = { name: 'generated', properties: { GenerateSecretString: { PasswordLength: 48 } } };
    const first = await givenSecretsManager({ dataDirectory });
    first.manager.createSecret(generated);
    const { arn } = first.manager.createSecret(fixed);
    const password = await first.text('generated');
    await first.client.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: 'given by a person' }));
    await first.manager.close();
    const second = await givenSecretsManager({ dataDirectory });
    second.manager.createSecret(generated);
    expect(second.manager.createSecret(fixed).arn).toBe(arn);
    expect(await second.text('generated')).toBe(password);
    expect(await second.text(NAME)).toBe('given by a person');
    second.manager.createSecret({ name: NAME, properties: { SecretString: 'template changed' } });
    expect([await second.text(NAME), await second.text(NAME, 'AWSPREVIOUS')]).toEqual([
      'template changed',
      'given by a person',
    ]);
    await second.client.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: 'given again' }));
    second.manager.reset();
    expect(await second.text(NAME)).toBe('template changed');
  });
});

test('faults are survived by the SDK’s own retries', async () => {
  const { manager, text } = await givenSecretsManager();
  manager.createSecret(fixed);
  manager.faults.set({ operation: 'GetSecretValue', error: 'unavailable', times: 2 });
  expect(await text(NAME)).toBe('first');
  expect(manager.faults.counts()).toEqual({ GetSecretValue: 3 });
});
