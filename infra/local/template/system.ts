import {
  type FunctionDefinition,
  type ObjectNotification,
  type QueueSource,
  readFunctions,
  readObjectNotifications,
  readQueueSources,
} from './functions.ts';
import { refuseUnhostedTypes } from './hosted-types.ts';
import { type HttpApiDefinition, readHttpApi } from './http-api.ts';
import { type Naming, readResources } from './resources.ts';
import { readSchedules, type ScheduleDefinition } from './schedules.ts';
import {
  type BucketDefinition,
  type KeyDefinition,
  type QueueDefinition,
  readBuckets,
  readKeys,
  readQueues,
  readSecrets,
  readSessionRoles,
  readTables,
  type SecretDefinition,
  type TableDefinition,
} from './storage.ts';
import { TemplateError, type Templates } from './template.ts';

/** Everything that the synthesised templates describe and the local cloud brings to life. */
export interface SystemDefinition {
  readonly tables: readonly TableDefinition[];
  readonly buckets: readonly BucketDefinition[];
  readonly keys: readonly KeyDefinition[];
  readonly secrets: readonly SecretDefinition[];
  readonly queues: readonly QueueDefinition[];
  /** ARNs of the roles whose trust policy allows sessions with tags. */
  readonly sessionRoles: readonly string[];
  readonly functions: readonly FunctionDefinition[];
  readonly queueSources: readonly QueueSource[];
  readonly objectNotifications: readonly ObjectNotification[];
  readonly schedules: readonly ScheduleDefinition[];
  readonly api: HttpApiDefinition | undefined;
}

/**
 * Reads the templates of all stacks as one system.
 *
 * @throws TemplateError when they hold something that has no local counterpart
 */
export function readSystem(templates: Templates, naming: Naming): SystemDefinition {
  refuseUnhostedTypes(templates);
  const resources = readResources(templates, naming);
  const system: SystemDefinition = {
    tables: readTables(resources),
    buckets: readBuckets(resources),
    keys: readKeys(resources),
    secrets: readSecrets(resources),
    queues: readQueues(resources),
    sessionRoles: readSessionRoles(resources),
    functions: readFunctions(resources),
    queueSources: readQueueSources(resources),
    objectNotifications: readObjectNotifications(resources),
    schedules: readSchedules(resources),
    api: readHttpApi(resources),
  };
  refuseLooseEnds(system);
  return system;
}

/** Every function that something calls has to be there: a name that crosses stacks is checked by nobody else. */
function refuseLooseEnds(system: SystemDefinition): void {
  const known = new Set(system.functions.map(({ name }) => name));
  const queues = new Set(system.queues.map(({ arn }) => arn));
  const buckets = new Set(system.buckets.map(({ name }) => name));
  const callers = [
    ...(system.api?.routes ?? []),
    ...system.schedules,
    ...system.queueSources,
    ...system.objectNotifications,
  ];
  const lost = [
    ...callers.map(({ functionName }) => functionName).filter((name) => !known.has(name)),
    ...(system.api?.routes ?? []).flatMap(({ authorizer }) => authorizer ?? []).filter((name) => !known.has(name)),
    ...system.queueSources.map(({ queueArn }) => queueArn).filter((arn) => !queues.has(arn)),
    ...system.objectNotifications.map(({ bucketName }) => bucketName).filter((name) => !buckets.has(name)),
  ];
  if (lost.length > 0)
    throw new TemplateError(`The template refers to what it does not define: ${[...new Set(lost)].join(', ')}.`);
}
