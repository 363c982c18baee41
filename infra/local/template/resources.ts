import { createHash } from 'node:crypto';
import { type References, resolveIntrinsics } from './intrinsics.ts';
import { type Place, TemplateError, type TemplateResource, type Templates } from './template.ts';

/** One resource with its references to others resolved as they are read. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What `Ref` gives: a name, a URL or an id, as CloudFormation documents it for the type. */
  readonly id: string;
  readonly arn: string;
  /** A property with its intrinsic functions resolved; undefined when the template leaves it out. */
  property(name: string): unknown;
  /** An error about this resource that says where it stands. */
  unsupported(what: string): TemplateError;
}

/** What resources are called where the template cannot say it. */
export interface Naming {
  readonly place: Place;
  /** Address of a queue by its name; asked only when a reference to a queue is resolved. */
  readonly queueUrl: (queueName: string) => string;
}

/** Property that names a resource, and where its ARN puts that name. */
const NAMED: Readonly<
  Record<string, { readonly property: string; readonly arn: (name: string, at: Place) => string }>
> = {
  'AWS::DynamoDB::Table': { property: 'TableName', arn: (name, at) => regional('dynamodb', `table/${name}`, at) },
  'AWS::S3::Bucket': { property: 'BucketName', arn: (name, at) => `arn:${at.partition}:s3:::${name}` },
  'AWS::SQS::Queue': { property: 'QueueName', arn: (name, at) => regional('sqs', name, at) },
  'AWS::Lambda::Function': { property: 'FunctionName', arn: (name, at) => regional('lambda', `function:${name}`, at) },
  'AWS::SecretsManager::Secret': {
    property: 'Name',
    arn: (name, at) => regional('secretsmanager', `secret:${name}`, at),
  },
  'AWS::Scheduler::Schedule': {
    property: 'Name',
    arn: (name, at) => regional('scheduler', `schedule/default/${name}`, at),
  },
  'AWS::IAM::Role': { property: 'RoleName', arn: (name, at) => `arn:${at.partition}:iam::${at.account}:role/${name}` },
  'AWS::KMS::Alias': { property: 'AliasName', arn: (name, at) => regional('kms', name, at) },
};

function regional(service: string, resource: string, { partition, region, account }: Place): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** Every resource of every stack. A reference leads to a resource of the same stack, as in CloudFormation. */
export function readResources(templates: Templates, naming: Naming): readonly Resource[] {
  return Object.entries(templates).flatMap(([stack, template]) => {
    const resources = new Map<string, Resource>();
    const references = referencesWithin(stack, resources, naming.place);
    for (const [logicalId, definition] of Object.entries(template.Resources ?? {})) {
      resources.set(logicalId, resourceOf({ stack, logicalId, definition }, references, naming));
    }
    return [...resources.values()];
  });
}

function referencesWithin(stack: string, resources: ReadonlyMap<string, Resource>, place: Place): References {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': place.partition,
    'AWS::AccountId': place.account,
    'AWS::Region': place.region,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::StackId': regional('cloudformation', `stack/${stack}/local`, place),
  };
  const find = (logicalId: string): Resource => {
    const found = resources.get(logicalId);
    if (found === undefined)
      throw new TemplateError(`Stack ${stack} refers to ${logicalId}, which it does not define.`);
    return found;
  };
  return {
    ref: (name) => pseudo[name] ?? find(name).id,
    attribute(logicalId, attribute) {
      const resource = find(logicalId);
      if (attribute === 'Arn') return resource.arn;
      if (resource.type === 'AWS::SQS::Queue' && attribute === 'QueueName') return resource.property('QueueName');
      throw resource.unsupported(`its attribute ${attribute}`);
    },
  };
}

interface Definition {
  readonly stack: string;
  readonly logicalId: string;
  readonly definition: TemplateResource;
}

function resourceOf({ stack, logicalId, definition }: Definition, references: References, naming: Naming): Resource {
  const type = definition.Type;
  const named = NAMED[type];
  const property = (name: string) => resolveIntrinsics(definition.Properties?.[name], references);
  // CloudFormation makes up a name where the template gives none; ours stays the same from start to start.
  const name = () => String(property(named?.property ?? '') ?? `${stack}-${logicalId}`.toLowerCase());
  return {
    stack,
    logicalId,
    type,
    metadata: definition.Metadata ?? {},
    get id() {
      if (type === 'AWS::SQS::Queue') return naming.queueUrl(name());
      if (type === 'AWS::KMS::Key') return stableUuid(`${stack}/${logicalId}`);
      if (type === 'AWS::SecretsManager::Secret') return this.arn;
      return named === undefined ? `${stack}/${logicalId}` : name();
    },
    get arn() {
      if (type === 'AWS::KMS::Key') return regional('kms', `key/${this.id}`, naming.place);
      if (named !== undefined) return named.arn(name(), naming.place);
      // Passed on in properties that nothing reads here.
      return regional('local', `${stack}/${logicalId}`, naming.place);
    },
    property: (asked) => (asked === named?.property ? name() : property(asked)),
    unsupported: (what) => new TemplateError(`The local cloud cannot host ${type} ${stack}/${logicalId}: ${what}.`),
  };
}

/** A UUID that the same text always gives. */
function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
