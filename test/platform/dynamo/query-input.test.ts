import { expect, it } from 'vitest';
import { queryInput } from '../../../shared/platform/dynamo/query-input.ts';

it.each([
  [20, 20],
  [2_147_483_647, 2_147_483_647],
  [99_999_999_999_999_900, 2_147_483_647],
])('asks for %d rows with a limit that DynamoDB takes', (limit, Limit) => {
  expect(queryInput({ pk: 'T#1#TASK', limit })).toMatchObject({ Limit });
});
