import { sessionCheck } from '../../shared/domain/identity/session.ts';
import { SignInRepository } from '../../shared/domain/identity/sign-in.repository.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { secretStore } from '../../shared/platform/secrets/secret-store.ts';
import { authorize } from './authorize.ts';
import { authorizerEnvironment } from './env.ts';

const env = readEnvironment(authorizerEnvironment);
const table = new Table(documentClient(), env.TABLE_NAME);

export const handler = authorize({
  secrets: secretStore(env.SECRETS_PREFIX),
  sessions: sessionCheck(new SignInRepository(table), systemClock),
  clock: systemClock,
});
