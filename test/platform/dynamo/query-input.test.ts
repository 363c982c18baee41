import { expect, it } from 'vitest';
import { queryInput } from '../../../shared/platform/dynamo/query-input.ts';

it('narrows by values beside the keys, and keeps the names of what is answered', () => {
  const filter = { expression: '#status = :status', names: { '#status': 'status' }, values: { ':status': 'pending' } };
  expect(queryInput({ pk: 'T#1#TASK', attributes: ['id'], filter })).toEqual({
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: '#status = :status',
    ProjectionExpression: '#p0',
    ExpressionAttributeNames: { '#p0': 'id', '#status': 'status' },
    ExpressionAttributeValues: { ':pk': 'T#1#TASK', ':status': 'pending' },
    ScanIndexForward: true,
  });
});

it.each([
  [20, 20],
  [2_147_483_647, 2_147_483_647],
  [99_999_999_999_999_900, 2_147_483_647],
])('asks for %d rows with a limit that DynamoDB takes', (limit, Limit) => {
  expect(queryInput({ pk: 'T#1#TASK', limit })).toMatchObject({ Limit });
});
