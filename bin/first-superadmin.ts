import { parseArgs } from 'node:util';
import * as z from 'zod';
import { namesOf } from '../infra/config/names.ts';
import { newCompany } from '../shared/domain/company/company.ts';
import { CompanyRegistry } from '../shared/domain/company/company-registry.ts';
import { addPerson } from '../shared/domain/identity/add-person.ts';
import { UserRefused, UserRepository } from '../shared/domain/identity/user.repository.ts';
import { hashPassword } from '../shared/platform/auth/password-hash.ts';
import { temporaryPassword } from '../shared/platform/auth/temporary-password.ts';
import { systemClock, toOffsetIso } from '../shared/platform/clock/clock.ts';
import { nextNumbers } from '../shared/platform/dynamo/counter.ts';
import { documentClient } from '../shared/platform/dynamo/document-client.ts';
import { Table } from '../shared/platform/dynamo/table.ts';
import { randomIds } from '../shared/platform/ids/ids.ts';
import { TenantScope } from '../shared/platform/tenant/tenant-scope.ts';
import { pointAtLocalCloud } from './point-at-local-cloud.ts';

const USAGE = `Makes the platform operator's company and its first superadmin, who can make everything else over HTTPS.

  npm run -s first-superadmin -- --stage prod --company "Operaciones" --email ops@example.com

Prints a temporary password once; it has to be changed at the first log-in. Safe to repeat: a company that has the
address is used again, a person who has it is left alone. It needs the rights to put rows into the stage's table.`;

const options = z.object({
  stage: z.string().min(1),
  company: z.string().trim().min(1).max(120),
  email: z.email().transform((email) => email.toLowerCase()),
});
type Options = z.infer<typeof options>;

function readOptions(): Options | undefined {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { stage: option, company: option, email: option } });
    return options.safeParse(values).data;
  } catch {
    return undefined;
  }
}

/** The id of the company with this address, made if there is none. */
async function operatorCompany(table: Table, { company, email }: Options, now: string): Promise<string> {
  const registry = new CompanyRegistry(table);
  const known = (await registry.list()).find((each) => each.email === email);
  if (known !== undefined) return known.id;
  const made = newCompany(randomIds.uuid(), { nombre: company, email }, now);
  await registry.create(made);
  return made.id;
}

async function run(wanted: Options): Promise<void> {
  if (wanted.stage === 'local') await pointAtLocalCloud();
  const names = namesOf(wanted.stage, { partition: 'aws', account: '', region: '' });
  const table = new Table(documentClient(), names.table);
  const now = toOffsetIso(systemClock.now());
  const scope = new TenantScope(table, await operatorCompany(table, wanted, now));
  const password = temporaryPassword();
  const person = {
    id: randomIds.uuid(),
    empresa_id: scope.empresaId,
    number: await nextNumbers(scope, 'user', 1),
    email: wanted.email,
    password_hash: await hashPassword(password),
    role: 'admin',
    es_superadmin: true,
  } as const;
  try {
    await addPerson(new UserRepository(scope), person, { now });
    console.log(`Superadmin ${wanted.email} of company ${scope.empresaId}. Temporary password: ${password}`);
  } catch (thrown) {
    if (!(thrown instanceof UserRefused)) throw thrown;
    process.exitCode = 1;
    console.error(
      `Nobody was added (${thrown.refusal}). Somebody has this address already: log in, or use another one.`,
    );
  }
}

const wanted = readOptions();
if (wanted === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await run(wanted);
}
