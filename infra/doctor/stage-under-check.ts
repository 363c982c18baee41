import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Names, namesOf } from '../config/names.ts';
import type { StageConfig } from '../config/stage.ts';
import { type AskAws, askAws, textsOf } from './ask-aws.ts';

/** What the checks look at. */
export interface StageUnderCheck {
  readonly stage: StageConfig;
  readonly names: Names;
  readonly ask: AskAws;
  /** Base address of the HTTP API; undefined while nobody can tell. */
  readonly apiAddress: string | undefined;
}

/**
 * Finds a stage in the account and region of the credentials at hand.
 *
 * @param apiAddress where it is known already; else the stack is asked
 * @throws what DynamoDB throws when there is no table of this stage
 */
export async function findStage(stage: StageConfig, apiAddress: string | undefined): Promise<StageUnderCheck> {
  const dynamodb = new DynamoDBClient({});
  const { table: TableName } = namesOf(stage.name, { partition: '', account: '', region: '' });
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  const [, partition = 'aws', , , account = ''] = (Table?.TableArn ?? '').split(':');
  const names = namesOf(stage.name, { partition, account, region: await dynamodb.config.region() });
  const ask = askAws(dynamodb, stage.name === 'local');
  return { stage, names, ask, apiAddress: apiAddress ?? (await addressInStack(ask, names)) };
}

/** Undefined when the stack tells none; the check of the stack says why. */
async function addressInStack(ask: AskAws, names: Names): Promise<string | undefined> {
  const question = { service: 'CLOUDFORMATION', action: 'DescribeStacks' } as const;
  const xml = await ask({ ...question, parameters: { StackName: names.stack('api') } }).catch(() => '');
  return textsOf(xml, 'OutputValue').find((value) => value.startsWith('https://'));
}
