import { localStage } from '../../config/stage.ts';
import type { FunctionDefinition } from '../template/functions.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the local cloud says otherwise than the template. */
export interface EnvironmentOverrides {
  /** Variables by name; a function gets those that its template names. */
  readonly variables: Readonly<Record<string, string>>;
  /** Replaces a queue's address in AWS by the local one. */
  readonly queueUrl: (queueName: string) => string;
}

/**
 * Settings of the stage that a person may set under the same names, such as `MAILGUN_BASE_URL`, and the log level.
 * Functions are quiet by default: a terminal is no place for one line of JSON per call.
 */
export function localVariables(own: Environment, more: Readonly<Record<string, string>>): Record<string, string> {
  const settable = [...Object.keys(localStage.settings), 'POWERTOOLS_LOG_LEVEL'];
  const set = settable.flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { POWERTOOLS_LOG_LEVEL: 'WARN', ...more, ...Object.fromEntries(set) };
}

/** `https://sqs.<region>.amazonaws.com/<account>/<queue>`, as it is made from a queue's name. */
const QUEUE_IN_AWS = /^https:\/\/sqs\.[^/]+\/[^/]+\/([^/]+)$/;

/** All variables of a function: AWS's, Lambda's and those of its template, with the local values where they differ. */
export function functionEnvironment(
  definition: FunctionDefinition,
  aws: Environment,
  { variables, queueUrl }: EnvironmentOverrides,
): Record<string, string> {
  const own = Object.entries(definition.environment).map(([name, value]) => {
    const [, queueName] = QUEUE_IN_AWS.exec(value) ?? [];
    return [name, variables[name] ?? (queueName === undefined ? value : queueUrl(queueName))] as const;
  });
  const shared = Object.entries(aws).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return {
    ...Object.fromEntries(shared),
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    ...Object.fromEntries(own),
  };
}
