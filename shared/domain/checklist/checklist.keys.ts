import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';
import { sortableId } from '../property/property.keys.ts';

/** The whole checklist of a task: `T#<empresa_id>#CHECKLIST` / `TASK#<task id>`. */
export function checklistKey(empresaId: string, taskId: number): Key {
  return { pk: tenantPartition(empresaId, 'CHECKLIST'), sk: `TASK#${sortableId(taskId)}` };
}

/** The checklist templates of a company: `T#<empresa_id>#CHECKLIST_TEMPLATE`. */
export function checklistTemplatePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'CHECKLIST_TEMPLATE');
}

/** One template with its items: `T#<empresa_id>#CHECKLIST_TEMPLATE` / `TEMPLATE#<template id>`. */
export function checklistTemplateKey(empresaId: string, id: number): Key {
  return { pk: checklistTemplatePartition(empresaId), sk: `TEMPLATE#${sortableId(id)}` };
}
