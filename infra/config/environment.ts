import { type QueueName, queueVariables } from '../../shared/platform/queue/queue-names.ts';
import type { FunctionSpec } from './function-spec.ts';
import type { FUNCTIONS, FunctionName } from './functions.ts';
import type { Names } from './names.ts';
import type { StageConfig } from './stage.ts';

/** Every variable that some function's schema asks for. */
type EnvironmentName = {
  [F in FunctionName]: keyof (typeof FUNCTIONS)[F]['environment']['shape'] & string;
}[FunctionName];

/** Has another value for each function: `PlatformFunction` fills it. */
type OwnName = 'TENANT_ROLE_ARN';

/** A value for each of them: a variable that nothing fills is a compile error here. */
export type EnvironmentValues = Readonly<Record<Exclude<EnvironmentName, OwnName>, string>>;

/** The one map from variables to values; queues' addresses are the only ones that AWS makes up. */
export function environmentValues(
  stage: StageConfig,
  names: Names,
  queueUrl: (queue: QueueName) => string,
): EnvironmentValues {
  return {
    ...stage.settings,
    TABLE_NAME: names.table,
    KMS_KEY_ID: names.kmsAlias,
    SECRETS_PREFIX: names.secretsPrefix,
    ARRIVALS_BUCKET: names.bucket('arrivals'),
    PHOTOS_BUCKET: names.bucket('photos'),
    EXPORTS_BUCKET: names.bucket('exports'),
    ...queueVariables(queueUrl),
  };
}

/** The variables of one function: those of its schema and no others. */
export function environmentOf(spec: FunctionSpec, values: EnvironmentValues): Record<string, string> {
  const wanted = Object.keys(spec.environment.shape);
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted.includes(name)));
}
