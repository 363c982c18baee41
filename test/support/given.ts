import { argon2Sync } from 'node:crypto';
import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import type { Apartment } from '../../shared/domain/apartment/apartment.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { CompanyRegistry } from '../../shared/domain/company/company-registry.ts';
import type { NotificacionesTardias } from '../../shared/domain/company/settings.ts';
import { NEW_PROFILE } from '../../shared/domain/identity/profile.ts';
import { UserRepository } from '../../shared/domain/identity/user.repository.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import type { Table } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';

const STAMP = '2026-05-01T10:00:00+00:00';
let made = 0;

/** A password that every person of these tests has, unless said otherwise. */
export const PASSWORD = 'contraseña-de-prueba';

/** As `hashPassword` makes it, but of the least cost that argon2 knows: the suites sign in more than a thousand times. */
const CHEAPEST = { memory: 8, passes: 1, parallelism: 1, tagLength: 32 } as const;
const nonce = Buffer.alloc(16, 7);
const tag = argon2Sync('argon2id', { message: Buffer.from(PASSWORD), nonce, ...CHEAPEST });
const [salt, digest] = [nonce, tag].map((bytes) => bytes.toString('base64').replaceAll('=', ''));
const passwordHash = `$argon2id$v=19$m=${CHEAPEST.memory},t=${CHEAPEST.passes},p=${CHEAPEST.parallelism}$${salt}$${digest}`;

/** Builders of a world, each through the repositories that the functions use. */
export class Given {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async aCompany(wanted: Partial<Company> = {}): Promise<Company> {
    made += 1;
    const company: Company = {
      id: randomIds.uuid(),
      nombre: `Empresa ${made}`,
      email: `empresa${made}.${process.pid}@example.com`,
      activa: true,
      zona_horaria: 'Europe/Madrid',
      retencion_meses: 24,
      max_usuarios: 10,
      herramientas_activas: {},
      session_version: 0,
      created_at: STAMP,
      updated_at: STAMP,
      ...wanted,
    };
    await new CompanyRegistry(this.#table).create(company);
    return company;
  }

  async aUser(company: Pick<Company, 'id'>, wanted: Partial<User> = {}): Promise<User> {
    made += 1;
    const scope = new TenantScope(this.#table, company.id);
    const name = `persona${made}.${process.pid}`;
    const user: User = {
      id: randomIds.uuid(),
      empresa_id: company.id,
      number: await nextNumbers(scope, 'user', 1),
      email: `${name}@example.com`,
      username: name,
      password_hash: passwordHash,
      role: 'admin',
      es_superadmin: false,
      activo: true,
      debe_cambiar_password: false,
      password_changed_at: STAMP,
      session_version: 0,
      family_version: 0,
      ...NEW_PROFILE,
      created_at: STAMP,
      updated_at: STAMP,
      ...wanted,
    };
    await new UserRepository(scope).create(user);
    return user;
  }

  async anApartment(company: Pick<Company, 'id'>, wanted: Partial<Apartment> = {}): Promise<Apartment> {
    const apartment: Apartment = {
      id: randomIds.uuid(),
      empresa_id: company.id,
      id_pms: null,
      id_externo: null,
      nombre: 'Apartamento',
      direccion: null,
      ciudad: null,
      numero_registro: null,
      pms_origen: 'manual',
      activo: true,
      revision: 1,
      created_at: STAMP,
      updated_at: STAMP,
      ...wanted,
    };
    await new ApartmentRepository(new TenantScope(this.#table, company.id)).create(apartment);
    return apartment;
  }

  async lateCheckin(company: Pick<Company, 'id'>, wanted: Partial<NotificacionesTardias> = {}): Promise<void> {
    const columns = {
      col_nombre: 'S',
      col_checkin: 'C',
      col_hora_llegada: 'AV',
      col_telefono: 'O',
      col_apartamento: 'BJ',
    };
    const settings = { hora_corte: '20:00', ...columns, ...wanted };
    const repository = new CompanyRepository(new TenantScope(this.#table, company.id));
    await this.#table.transact([repository.savingSettings('notificaciones_tardias', settings)]);
  }
}
