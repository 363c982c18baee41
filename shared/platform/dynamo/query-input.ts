import type { Item, PartitionQuery } from './table.ts';

/** DynamoDB reads `Limit` as 32 bits, and somebody asks for page 999999999999999. */
const LARGEST_LIMIT = 2 ** 31 - 1;

/** Attributes go by other names, because some of ours are words of the expression language. */
export function projection({ keysOnly, attributes }: Pick<PartitionQuery, 'keysOnly' | 'attributes'>): {
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
} {
  const wanted = keysOnly ? ['pk', 'sk'] : attributes;
  if (wanted === undefined) return {};
  return {
    ProjectionExpression: wanted.map((_, at) => `#p${at}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(wanted.map((name, at) => [`#p${at}`, name])),
  };
}

function keyCondition(query: PartitionQuery): { expression: string; values: Item } {
  const [pk, sk] = query.index === undefined ? ['pk', 'sk'] : [`${query.index}pk`, `${query.index}sk`];
  const values: Item = { ':pk': query.pk };
  if (query.prefix !== undefined) {
    return { expression: `${pk} = :pk AND begins_with(${sk}, :a)`, values: { ...values, ':a': query.prefix } };
  }
  if (query.from !== undefined && query.to !== undefined) {
    const bounds = { ':a': query.from, ':b': query.to };
    return { expression: `${pk} = :pk AND ${sk} BETWEEN :a AND :b`, values: { ...values, ...bounds } };
  }
  if (query.from !== undefined) {
    return { expression: `${pk} = :pk AND ${sk} >= :a`, values: { ...values, ':a': query.from } };
  }
  if (query.to !== undefined) {
    return { expression: `${pk} = :pk AND ${sk} <= :a`, values: { ...values, ':a': query.to } };
  }
  return { expression: `${pk} = :pk`, values };
}

/** A query of one partition, as `QueryCommand` takes it. */
export function queryInput(query: PartitionQuery) {
  const { expression, values } = keyCondition(query);
  const { filter } = query;
  const { ExpressionAttributeNames: projected, ...projecting } = projection(query);
  const names = { ...projected, ...filter?.names };
  return {
    KeyConditionExpression: expression,
    ExpressionAttributeValues: { ...values, ...filter?.values },
    ...projecting,
    ...(filter && { FilterExpression: filter.expression }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ScanIndexForward: query.newestFirst !== true,
    ...(query.index && { IndexName: query.index }),
    ...(query.limit !== undefined && { Limit: Math.min(query.limit, LARGEST_LIMIT) }),
    ...(query.after && { ExclusiveStartKey: query.after }),
    ...(query.consistent && { ConsistentRead: true }),
  };
}
