import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';
import { sortableId } from '../property/property.keys.ts';

/** The automatic templates of a company: `T#<empresa_id>#AUTO_TASK_TEMPLATE`. */
export function autoTaskTemplatePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'AUTO_TASK_TEMPLATE');
}

/** One automatic template: `T#<empresa_id>#AUTO_TASK_TEMPLATE` / `TEMPLATE#<template id>`. */
export function autoTaskTemplateKey(empresaId: string, id: number): Key {
  return { pk: autoTaskTemplatePartition(empresaId), sk: `TEMPLATE#${sortableId(id)}` };
}
