import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import type { GoogleDeps } from '../../../shared/domain/google/google-account.ts';
import { GoogleConnectionRepository } from '../../../shared/domain/google/google-connection.repository.ts';
import { type GoogleConnection, sealTokens } from '../../../shared/domain/google/google-connection.ts';
import { CONTACTS_SCOPE, exchangeCode, type FullGrant } from '../../../shared/domain/google/google-oauth.ts';
import { OauthStateRepository } from '../../../shared/domain/google/oauth-state.repository.ts';
import { type OauthState, readState, verifierOf } from '../../../shared/domain/google/oauth-state.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { actorOf, type User } from '../../../shared/domain/identity/user.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { CallbackQuery } from '../schemas.ts';

export interface FinishDeps extends GoogleDeps {
  readonly table: Table;
  /** The platform's `SECRET_KEY`. */
  readonly secret: () => Promise<string>;
  readonly ids: Ids;
  readonly log: Log;
}

/** What the panel reads from the address that it is opened with (`stay-sidekick.md` §4.9): these and no others. */
export type ConsentOutcome =
  | 'google_conectado=true'
  | `google_error=${'acceso_denegado' | 'estado_invalido' | 'codigo_invalido' | 'token_fallido'}`;

/** Somebody who has come back from Google, as the one who left. */
interface Returned {
  readonly scope: TenantScope;
  readonly state: OauthState;
  readonly person: User;
}

/**
 * Takes what Google says of a consent. Whoever opens the address has no session: the state says who left, and counts
 * once, while that person may still connect accounts.
 */
export async function finishConsent(deps: FinishDeps, query: CallbackQuery, address: string): Promise<ConsentOutcome> {
  const returned = await whoReturned(deps, query.state);
  if (query.error !== undefined) return 'google_error=acceso_denegado';
  if (returned === undefined) return 'google_error=estado_invalido';
  if (!query.code) return 'google_error=codigo_invalido';
  try {
    // Before the code is spent, which works once: without a key there is no place for what it gives.
    const key = await deps.keys.dataKey(returned.scope, 'integrations');
    const verifier = verifierOf(await deps.secret(), returned.state.nonce);
    const grant = await exchangeCode(deps, query.code, verifier);
    return await connect(deps, returned, { key, grant, address });
  } catch (thrown) {
    deps.log.error('GOOGLE_REFUSED', thrown, { empresa_id: returned.scope.empresaId });
    return 'google_error=token_fallido';
  }
}

async function whoReturned(deps: FinishDeps, text: string | undefined): Promise<Returned | undefined> {
  const state = readState(await deps.secret(), text ?? '', deps.clock.now());
  if (state === undefined) return undefined;
  const scope = new TenantScope(deps.table, state.empresaId);
  if (!(await new OauthStateRepository(scope).use(state))) return undefined;
  const [person, company] = await Promise.all([
    new UserRepository(scope).find(state.userId),
    new CompanyRepository(scope).find(),
  ]);
  const mayConnect = person?.activo === true && person.role === 'admin' && company?.activa === true;
  return mayConnect ? { scope, state, person } : undefined;
}

async function connect(
  deps: FinishDeps,
  { scope, person }: Returned,
  { key, grant, address }: { readonly key: DataKey; readonly grant: FullGrant; readonly address: string },
): Promise<ConsentOutcome> {
  const now = deps.clock.now();
  const id = deps.ids.next('goo', now);
  // People can leave the contacts out on Google's page.
  const covers = grant.scope.split(' ').includes(CONTACTS_SCOPE);
  const connection: GoogleConnection = {
    id,
    activo: covers,
    motivo: covers ? null : 'sin_permiso',
    alcance: grant.scope,
    sealed: sealTokens(key, id, grant),
    token_expiry: new Date(now.getTime() + grant.expires_in * 1000).toISOString(),
    contactos: null,
    created_at: toOffsetIso(now),
  };
  const fact = { accion: 'integracion.google.guardar', entidad: 'integracion', entidad_id: 'google' };
  const cambios = { alcance: grant.scope, activo: covers };
  await new AuditTrail(scope).commit({ actor: actorOf(person), address, now }, { ...fact, cambios }, [
    new GoogleConnectionRepository(scope).saving(connection),
  ]);
  deps.log.info('GOOGLE_CONNECTED', { empresa_id: scope.empresaId, active: covers });
  return covers ? 'google_conectado=true' : 'google_error=acceso_denegado';
}
