import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { NotificacionesTardias } from '../../../shared/domain/company/settings.ts';
import { NEW_PROFILE, type Profile, type TaskGroup } from '../../../shared/domain/identity/profile.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { Template } from '../../../shared/domain/template/template.ts';
import type { Role } from '../../../shared/platform/auth/actor.ts';

/** Ids of the demo world are fixed, so that examples in documents stay true. */
function demoId(kind: number, number: number): string {
  return `00000000-0000-4000-8000-${String(kind).padStart(4, '0')}${String(number).padStart(8, '0')}`;
}

export const DEMO_COMPANY_ID = demoId(1, 1);

export function demoCompany(now: string): Company {
  return {
    id: DEMO_COMPANY_ID,
    nombre: 'StaySidekick Demo',
    email: 'operaciones@staysidekick.es',
    activa: true,
    zona_horaria: 'Europe/Madrid',
    retencion_meses: 24,
    max_usuarios: 10,
    herramientas_activas: {},
    session_version: 0,
    created_at: now,
    updated_at: now,
  };
}

/** Log-ins of the demo world. */
export interface DemoLogin {
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  readonly superadmin: boolean;
  readonly profile: Pick<Profile, 'first_name' | 'last_name' | 'task_group'>;
}

function profileOf(first_name: string, last_name: string, task_group: TaskGroup): DemoLogin['profile'] {
  return { first_name, last_name, task_group };
}

export const DEMO_LOGINS: readonly [DemoLogin, ...DemoLogin[]] = [
  {
    email: 'dev@staysidekick.es',
    password: 'admin123',
    role: 'admin',
    superadmin: true,
    profile: profileOf('Elena', 'Vidal', 'general'),
  },
  {
    email: 'gestora@staysidekick.es',
    password: 'gestora123',
    role: 'manager',
    superadmin: false,
    profile: profileOf('Lucía', 'Romero', 'general'),
  },
  {
    email: 'limpieza@staysidekick.es',
    password: 'limpieza123',
    role: 'member',
    superadmin: false,
    profile: profileOf('Carmen', 'Ortega', 'cleaning'),
  },
];

export function demoUser(login: DemoLogin, passwordHash: string, number: number, now: string): User {
  return {
    id: demoId(2, number),
    empresa_id: DEMO_COMPANY_ID,
    number,
    email: login.email,
    username: login.email.slice(0, login.email.indexOf('@')),
    password_hash: passwordHash,
    role: login.role,
    es_superadmin: login.superadmin,
    activo: true,
    debe_cambiar_password: false,
    password_changed_at: now,
    session_version: 0,
    family_version: 0,
    ...NEW_PROFILE,
    ...login.profile,
    created_at: now,
    updated_at: now,
  };
}

/** Typology ids of the sample workbook with the dwellings behind them. */
const DWELLINGS: readonly (readonly [typology: string, nombre: string, direccion: string])[] = [
  ['4', 'Atlántico Azul', 'Plaza de Gadir, 111'],
  ['12', 'Balcón de La Caleta', 'Calle Virgen de la Palma, 8'],
  ['27', 'Casa del Mentidero', 'Plaza del Mentidero, 3'],
  ['33', 'Dúplex La Viña', 'Calle Corralón, 21'],
  ['48', 'Estudio Candelaria', 'Plaza Candelaria, 5'],
  ['59', 'Faro de Cádiz', 'Avenida Duque de Nájera, 14'],
  ['71', 'Jardín de Genovés', 'Calle Buenos Aires, 2'],
  ['88', 'La Azotea del Pópulo', 'Calle Mesón, 17'],
  ['102', 'Mirador de Santa Catalina', 'Calle Campo del Sur, 30'],
  ['135', 'Patio de Santiago', 'Calle Compañía, 9'],
  ['146', 'Rincón de San Juan', 'Plaza San Juan de Dios, 12'],
  ['160', 'Victoria Playa', 'Paseo Marítimo, 44'],
];

export function demoApartments(now: string): readonly Apartment[] {
  return DWELLINGS.map(([typology, nombre, direccion], position) => ({
    id: demoId(3, position + 1),
    empresa_id: DEMO_COMPANY_ID,
    id_pms: typology,
    id_externo: `CAD-${typology}`,
    nombre,
    direccion,
    ciudad: 'Cádiz',
    numero_registro: null,
    pms_origen: 'xlsx' as const,
    activo: true,
    revision: 1,
    created_at: now,
    updated_at: now,
  }));
}

/** Columns of the sample workbook (`stay-sidekick.md` §9.1) and the cutoff of the demo. */
export const DEMO_LATE_CHECKIN: NotificacionesTardias = {
  hora_corte: '20:00',
  col_nombre: 'S',
  col_checkin: 'C',
  col_hora_llegada: 'AV',
  col_telefono: 'O',
  col_apartamento: 'BJ',
};

export function demoTemplate(now: string): Template {
  return {
    id: demoId(4, 1),
    empresa_id: DEMO_COMPANY_ID,
    nombre: 'Aviso de llegada tardía',
    contenido:
      'Hola:\n\nHoy llega {NOMBRE} a {APARTAMENTO} ({DIRECCION}) a las {HORA_LLEGADA}. Teléfono: {TELEFONO}.\n\n¿Podéis dejar preparada la caja de llaves?\n\nGracias.',
    idioma: 'es',
    categoria: 'CHECKIN_TARDIO',
    activa: true,
    created_at: now,
    updated_at: now,
  };
}
