import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** A company's endpoints: `T#<empresa_id>#WEBHOOK_ENDPOINT`. */
export function endpointPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'WEBHOOK_ENDPOINT');
}

/** One endpoint: `T#<empresa_id>#WEBHOOK_ENDPOINT` / `ENDPOINT#<endpoint id>`. */
export function endpointKey(empresaId: string, id: string): Key {
  return { pk: endpointPartition(empresaId), sk: `ENDPOINT#${id}` };
}

/** A company's deliveries: `T#<empresa_id>#WEBHOOK_DELIVERY`. */
export function deliveryPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'WEBHOOK_DELIVERY');
}

/** One delivery: `T#<empresa_id>#WEBHOOK_DELIVERY` / `DELIVERY#<delivery id>`; ids sort by creation. */
export function deliveryKey(empresaId: string, id: string): Key {
  return { pk: deliveryPartition(empresaId), sk: `DELIVERY#${id}` };
}

/** Up to where the event log has been handed to endpoints: `T#<empresa_id>#WEBHOOK_CURSOR` / `CURSOR`. */
export function handedOutKey(empresaId: string): Key {
  return { pk: tenantPartition(empresaId, 'WEBHOOK_CURSOR'), sk: 'CURSOR' };
}
