import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

const STRING = AttributeType.STRING;

/**
 * The one table (`platform.md` §4). Encrypted with the key that DynamoDB owns: what must not be read by who can read
 * the table, guests' data and partners' keys, is sealed under the tenant's own data key before it gets here.
 */
export class SingleTable extends Construct {
  constructor(scope: Construct, id: string, props: { tableName: string; keepsData: boolean }) {
    super(scope, id);
    const table = new Table(this, 'Table', {
      tableName: props.tableName,
      partitionKey: { name: 'pk', type: STRING },
      sortKey: { name: 'sk', type: STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expires_at',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.keepsData,
      removalPolicy: props.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // A tenant's lists in another order than that of the table.
    table.addGlobalSecondaryIndex({
      indexName: 'gsi1',
      partitionKey: { name: 'gsi1pk', type: STRING },
      sortKey: { name: 'gsi1sk', type: STRING },
      projectionType: ProjectionType.ALL,
    });
    // The outbox's work list across tenants: ids only, so that no tenant's content is readable through it.
    table.addGlobalSecondaryIndex({
      indexName: 'gsi2',
      partitionKey: { name: 'gsi2pk', type: STRING },
      sortKey: { name: 'gsi2sk', type: STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['empresa_id', 'id', 'kind'],
    });
  }
}
