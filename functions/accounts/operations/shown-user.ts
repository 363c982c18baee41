import type * as z from 'zod';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { userRow } from '../schemas.ts';

/** A person as the Aristay API shows it (`aristay.md` C3). */
export function shownUser(person: User, company: Company): z.input<typeof userRow> {
  const { username, email, first_name, last_name, role, task_group, phone_number } = person;
  const { can_view_team_tasks, can_view_other_teams, permission_overrides } = person;
  return {
    ...{ id: person.number, username, email, first_name, last_name, role, task_group, phone_number },
    ...{ can_view_team_tasks, can_view_other_teams, permission_overrides },
    is_superuser: person.es_superadmin,
    is_active: person.activo,
    timezone: person.timezone ?? company.zona_horaria,
    system_timezone: company.zona_horaria,
    company_name: company.nombre,
    must_change_password: person.debe_cambiar_password,
  };
}
