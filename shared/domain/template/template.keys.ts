import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The templates of a company: `T#<empresa_id>#TEMPLATE`. */
export function templatePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'TEMPLATE');
}

/** One template: `T#<empresa_id>#TEMPLATE` / `TEMPLATE#<template id>`. */
export function templateKey(empresaId: string, id: string): Key {
  return { pk: templatePartition(empresaId), sk: `TEMPLATE#${id}` };
}
