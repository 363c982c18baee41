import * as z from 'zod';
import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { inviteLockKey, invitePartition } from '../invite/invite.keys.ts';
import type { Holding } from './holding.ts';

/** Invites listed at once. */
const PORTION = 250;
const PARALLEL_INVITES = 16;

const holder = z.object({ sk: z.string(), code: z.string().optional() });
type Holder = z.infer<typeof holder>;

/** The invites of a company with the codes that they hold on the whole platform, each freed before its row goes. */
export function invitesHolding(scope: TenantScope): Holding {
  const query = { pk: invitePartition(scope.empresaId), limit: PORTION, consistent: true };
  return {
    name: 'INVITE',
    async first(through) {
      const { items } = await scope.table.query({ ...query, ...(through !== undefined && { to: through }) });
      const invites = items.map((item) => holder.parse(item));
      const last = invites.at(-1);
      if (last === undefined) return undefined;
      const codes = invites.filter(({ code }) => code !== undefined).length;
      return {
        last: last.sk,
        filas: { INVITE: invites.length, INVITE_CODE: codes },
        remove: () => eachLimit(invites, PARALLEL_INVITES, (each) => removeInvite(scope, each)),
      };
    },
  };
}

async function removeInvite({ empresaId, table }: TenantScope, { sk, code }: Holder): Promise<void> {
  if (code !== undefined) {
    const condition = { expression: 'empresa_id = :id', values: { ':id': empresaId } };
    try {
      await table.write({ kind: 'delete', key: inviteLockKey(code), condition });
    } catch (thrown) {
      // Freed before, and perhaps somebody else's by now.
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
  }
  await table.write({ kind: 'delete', key: { pk: invitePartition(empresaId), sk } });
}
