import { ApartmentRepository } from '../../../shared/domain/apartment/apartment.repository.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { CompanyRegistry } from '../../../shared/domain/company/company-registry.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import { hashPassword } from '../../../shared/platform/auth/password-hash.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { nextNumbers } from '../../../shared/platform/dynamo/counter.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import {
  DEMO_COMPANY_ID,
  DEMO_LATE_CHECKIN,
  DEMO_LOGINS,
  demoApartments,
  demoCompany,
  demoTemplate,
  demoUser,
} from './demo-world.ts';

/**
 * Makes the demo company with its people, apartments, settings and template through the repositories that the
 * functions use. Does nothing where it stands already.
 * @returns true when it was made now
 */
export async function seedDemo(table: Table, now: Date): Promise<boolean> {
  const scope = new TenantScope(table, DEMO_COMPANY_ID);
  const company = new CompanyRepository(scope);
  if ((await company.find()) !== undefined) return false;
  const stamp = toOffsetIso(now);
  await new CompanyRegistry(table).create(demoCompany(stamp));
  const users = new UserRepository(scope);
  const apartments = new ApartmentRepository(scope);
  const first = await nextNumbers(scope, 'user', DEMO_LOGINS.length);
  await Promise.all([
    table.transact([company.savingSettings('notificaciones_tardias', DEMO_LATE_CHECKIN)]),
    new TemplateRepository(scope).save(demoTemplate(stamp)),
    ...demoApartments(stamp).map((entry) => apartments.create(entry)),
    ...DEMO_LOGINS.map(async (login, position) => {
      const person = demoUser(login, await hashPassword(login.password), first + position, stamp);
      await users.create(person);
    }),
  ]);
  return true;
}
