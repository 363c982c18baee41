import type { PmsConnection } from '../../../shared/domain/pms/pms-connection.ts';
import { endpointBase, endpointHosts } from '../../../shared/domain/pms/pms-endpoint.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { PmsConfigBody } from '../schemas.ts';
import { configOf } from './read-pms-config.ts';
import { type SavePmsDeps, savePms } from './save-pms.ts';

interface Deps extends SavePmsDeps {
  readonly connections: { find(): Promise<PmsConnection | undefined> };
}

/**
 * Saves the PMS with its endpoint (`stay-sidekick.md` §4.6).
 * @throws AppError `invalid` for an endpoint on no host of the provider (D-09), and as `savePms`
 */
export async function savePmsConfig(deps: Deps, { endpoint: typed, ...input }: PmsConfigBody) {
  const endpoint = typed || null;
  if (endpoint !== null && endpointBase(input.proveedor, endpoint) === undefined) {
    const hosts = endpointHosts(input.proveedor).map((host) => `https://${host}`);
    const issues = [{ field: 'endpoint', message: `Debe ser una dirección de ${hosts.join(' o ')}, o quedar vacía.` }];
    throw new AppError('invalid', 'La dirección no es del proveedor.', { issues });
  }
  const { verificada } = await savePms(deps, { ...input, endpoint });
  const saved = await deps.connections.find();
  // Somebody may have removed it meanwhile: then this is what was saved.
  const config = saved === undefined ? { ...input, endpoint, activo: true, ultimo_sync: null } : configOf(saved);
  return ok({ verificada, config });
}
