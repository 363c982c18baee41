import type { FunctionSpec } from './function-spec.ts';
import type { FUNCTIONS, FunctionName } from './functions.ts';
import type { Names } from './names.ts';
import type { StageConfig } from './stage.ts';

/** Every variable that some function's schema asks for. */
type EnvironmentName = {
  [F in FunctionName]: keyof (typeof FUNCTIONS)[F]['environment']['shape'] & string;
}[FunctionName];

/** A value for each of them: a variable that nothing fills is a compile error here. */
export type EnvironmentValues = Readonly<Record<EnvironmentName, string>>;

/** The one map from variables to values; `workQueueUrl` is the only one that AWS makes up. */
export function environmentValues(
  stage: StageConfig,
  names: Names,
  { workQueueUrl }: { workQueueUrl: string },
): EnvironmentValues {
  return {
    ...stage.settings,
    TABLE_NAME: names.table,
    KMS_KEY_ID: names.kmsAlias,
    SECRETS_PREFIX: names.secretsPrefix,
    ARRIVALS_BUCKET: names.bucket('arrivals'),
    PHOTOS_BUCKET: names.bucket('photos'),
    EXPORTS_BUCKET: names.bucket('exports'),
    WORK_QUEUE_URL: workQueueUrl,
  };
}

/** The variables of one function: those of its schema and no others. */
export function environmentOf(spec: FunctionSpec, values: EnvironmentValues): Record<string, string> {
  const wanted = Object.keys(spec.environment.shape);
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted.includes(name)));
}
