import type { Condition, Write } from './table.ts';

/** The condition of a put or a delete, as their commands take it. */
export function conditionInput(condition: Condition | undefined): object {
  if (condition === undefined) return {};
  return { ConditionExpression: condition.expression, ...attributesOf([condition]) };
}

function attributesOf(conditions: readonly (Condition | undefined)[]): object {
  const names = Object.assign({}, ...conditions.map((condition) => condition?.names ?? {}));
  const values = Object.assign({}, ...conditions.map((condition) => condition?.values ?? {}));
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

/** An update, as `UpdateCommand` takes it. */
export function updateInput(write: Extract<Write, { kind: 'update' }>) {
  return {
    Key: write.key,
    UpdateExpression: write.update.expression,
    ...(write.condition && { ConditionExpression: write.condition.expression }),
    ...attributesOf([write.update, write.condition]),
  };
}

/** One write of a transaction, as `TransactWriteCommand` takes it. */
export function transactItem(TableName: string, write: Write) {
  switch (write.kind) {
    case 'put':
      return { Put: { TableName, Item: write.item, ...conditionInput(write.condition) } };
    case 'update':
      return { Update: { TableName, ...updateInput(write) } };
    case 'delete':
      return { Delete: { TableName, Key: write.key, ...conditionInput(write.condition) } };
    case 'check': {
      const { expression } = write.condition;
      const attributes = attributesOf([write.condition]);
      return { ConditionCheck: { TableName, Key: write.key, ConditionExpression: expression, ...attributes } };
    }
  }
}
