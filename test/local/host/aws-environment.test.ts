import { describe, expect, it } from 'vitest';
import { awsAccess, awsVariables } from '../../../infra/local/host/aws-environment.ts';
import { functionEnvironment, localVariables } from '../../../infra/local/host/function-environment.ts';
import type { FunctionDefinition } from '../../../infra/local/template/functions.ts';

const LOCAL = {
  DYNAMODB: 'http://127.0.0.1:1',
  S3: 'http://127.0.0.1:2',
  KMS: 'http://127.0.0.1:3',
  SQS: 'http://127.0.0.1:4',
  SECRETS_MANAGER: 'http://127.0.0.1:5',
  STS: 'http://127.0.0.1:6',
};

describe('where the SDK calls', () => {
  it('here, with local keys, whatever keys and profile this machine has', () => {
    const own = {
      AWS_ACCESS_KEY_ID: 'real',
      AWS_SECRET_ACCESS_KEY: 'real',
      AWS_REGION: 'us-east-1',
      AWS_PROFILE: 'work',
    };
    const access = awsAccess(own);
    expect(access).toMatchObject({ region: 'eu-west-1', accessKeyId: 'local', elsewhere: {} });
    expect(awsVariables(access, LOCAL, { ...own, AWS_SESSION_TOKEN: 'real' })).toMatchObject({
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:5',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_REGION: 'eu-west-1',
      AWS_PROFILE: undefined,
      AWS_SESSION_TOKEN: undefined,
      TZ: 'UTC',
    });
  });

  it("where the person points a service, with the person's keys", () => {
    const own = {
      AWS_ENDPOINT_URL_S3: 'http://localhost:9000',
      AWS_ACCESS_KEY_ID: 'mine',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_REGION: 'eu-south-2',
    };
    const access = awsAccess(own);
    expect(access).toEqual({
      region: 'eu-south-2',
      accessKeyId: 'mine',
      secretAccessKey: 'secret',
      elsewhere: { S3: 'http://localhost:9000' },
    });
    expect(awsVariables(access, LOCAL, own)).toMatchObject({ AWS_SESSION_TOKEN: 'token' });
  });
});

describe("a function's environment", () => {
  const definition: FunctionDefinition = {
    name: 'stay-ops-local-worker',
    arn: '',
    source: '',
    environment: {
      TABLE_NAME: 'stay-ops-local',
      MAILGUN_BASE_URL: 'https://api.eu.mailgun.net',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      WORK_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/000000000000/stay-ops-local-work',
    },
    timeoutSeconds: 3,
    memoryMb: 512,
    asynchronous: { retries: 2, deadLetterArn: undefined, onFailureArn: undefined },
  };
  const environment = (own: Record<string, string>, more: Record<string, string> = {}) =>
    functionEnvironment(
      definition,
      { AWS_REGION: 'eu-west-1', AWS_PROFILE: undefined },
      {
        variables: { MAILGUN_BASE_URL: 'http://127.0.0.1:6', ...localVariables(own, more) },
        queueUrl: (name) => `http://127.0.0.1:4/${name}`,
      },
    );

  it("is AWS's, Lambda's and the template's, with local addresses", () => {
    expect(environment({})).toEqual({
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'stay-ops-local-worker',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      TABLE_NAME: 'stay-ops-local',
      MAILGUN_BASE_URL: 'http://127.0.0.1:6',
      POWERTOOLS_LOG_LEVEL: 'WARN',
      WORK_QUEUE_URL: 'http://127.0.0.1:4/stay-ops-local-work',
    });
  });

  it('takes settings of the stage from the person, and nothing that its template does not name', () => {
    const own = {
      MAILGUN_BASE_URL: 'http://mail.test',
      TABLE_NAME: 'mine',
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
      JWT_ACCESS_TOKEN_HOURS: '2',
    };
    expect(environment(own, { RATE_LIMITS: 'off' })).toMatchObject({
      MAILGUN_BASE_URL: 'http://mail.test',
      TABLE_NAME: 'stay-ops-local',
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
    });
    expect(environment(own, { RATE_LIMITS: 'off' })).not.toHaveProperty('RATE_LIMITS');
    expect(environment(own)).not.toHaveProperty('JWT_ACCESS_TOKEN_HOURS');
  });
});
