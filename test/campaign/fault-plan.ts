import type { Random } from './random.ts';
import type { World } from './world.ts';

const TABLE_OPERATIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
] as const;

const SERVICES = {
  s3: ['PutObject', 'GetObject', 'HeadObject', 'DeleteObject', 'ListObjectsV2'],
  kms: ['GenerateDataKey', 'Decrypt', 'Encrypt'],
  sqs: ['SendMessage', 'SendMessageBatch', 'ReceiveMessage', 'DeleteMessageBatch'],
  sts: ['AssumeRole'],
  secretsManager: ['GetSecretValue'],
} as const;

/** Kinds of faults that every partner's stand-in knows; a key that is refused would disconnect a company for good. */
const PARTNER_FAULTS = ['down', '429', 'slow', 'refuse', 'half_page'] as const;

/** One way in which something goes wrong. */
interface Fault {
  readonly name: string;
  readonly weight: number;
  /** @returns what was done, for whoever reads the campaign's story */
  readonly strike: (world: World, random: Random) => Promise<string>;
}

function serviceFault(service: keyof typeof SERVICES, weight: number): Fault {
  return {
    name: service,
    weight,
    async strike({ cloud }, random) {
      const operation = random.pick(SERVICES[service]);
      const error = random.pick(['throttle', 'internal', 'unavailable', 'drop', 'timeout'] as const);
      // A lost answer costs up to ten seconds, so there is one.
      const times = error === 'timeout' ? 1 : random.between(1, 4);
      cloud.cloud.faults[service].set({ operation, error, times, carriedOut: random.chance(0.4) });
      return `${service} ${operation} ${error}`;
    },
  };
}

const FAULTS: readonly Fault[] = [
  {
    name: 'dynamodb',
    weight: 10,
    async strike({ cloud }, random) {
      const operation = random.pick(TABLE_OPERATIONS);
      const error = random.pick(['throttle', 'throttle', 'internal', 'drop', 'timeout'] as const);
      // A burst of ten outlasts the SDK's own tries; a lost answer costs three seconds, so there is one.
      const times = error === 'timeout' ? 1 : random.between(1, 12);
      await cloud.cloud.faults.dynamodb.set({ operation, error, times, carriedOut: random.chance(0.4) });
      return `dynamodb ${operation} ${error}`;
    },
  },
  serviceFault('s3', 4),
  serviceFault('kms', 2),
  serviceFault('sqs', 4),
  serviceFault('sts', 1),
  serviceFault('secretsManager', 1),
  {
    name: 'outage',
    weight: 1.5,
    async strike({ cloud }, random) {
      // Longer than calls and events try: they fail, and events end among the dead letters.
      const times = random.between(30, 90);
      const service = random.pick(['dynamodb', 's3', 'kms', 'sqs'] as const);
      if (service === 'dynamodb') await cloud.cloud.faults.dynamodb.set({ error: 'throttle', times });
      else cloud.cloud.faults[service].set({ error: 'unavailable', times });
      return `${service} away for ${times} calls`;
    },
  },
  {
    name: 'partner',
    weight: 5,
    async strike({ cloud }, random) {
      const partner = random.pick(cloud.cloud.partners);
      const fault = random.pick(PARTNER_FAULTS);
      partner.fault.set({ fault, times: random.between(1, 4), ...(fault === 'slow' && { delay_ms: 6_000 }) });
      return `${partner.name} ${fault}`;
    },
  },
  {
    name: 'receiver',
    weight: 2,
    async strike({ receiving }, random) {
      receiving.fault = random.pick(['error', 'busy', undefined, undefined] as const);
      return `receiver ${receiving.fault ?? 'well'}`;
    },
  },
  {
    name: 'crash',
    weight: 5,
    async strike({ crashes }, random) {
      const atRequest = random.between(0, 9);
      crashes.armCrash(atRequest);
      return `crash at request ${atRequest}`;
    },
  },
  {
    name: 'answer',
    weight: 4,
    async strike({ crashes }) {
      crashes.armLostAnswer();
      return 'an answer lost';
    },
  },
  {
    name: 'duplicate',
    weight: 4,
    async strike({ crashes }, random) {
      const how = random.pick(['again', 'at once'] as const);
      crashes.armDouble(how);
      return `event ${how}`;
    },
  },
  {
    name: 'queues hurry',
    weight: 1,
    async strike({ cloud }) {
      // What is being worked on becomes visible to others.
      cloud.cloud.advanceQueues(60_000);
      return 'queues a minute on';
    },
  },
];

/** Breaks something that the random stream chooses; answers under which name, and what. */
export async function strike(world: World, random: Random): Promise<{ readonly name: string; readonly what: string }> {
  const fault = random.weighted(FAULTS);
  return { name: fault.name, what: await fault.strike(world, random) };
}

/** Everything works again. */
export async function lift({ cloud, crashes, receiving }: World): Promise<void> {
  crashes.disarm();
  receiving.fault = undefined;
  await cloud.cloud.faults.dynamodb.clear();
  for (const service of Object.keys(SERVICES) as (keyof typeof SERVICES)[]) cloud.cloud.faults[service].clear();
  for (const { fault } of cloud.cloud.partners) fault.set({ fault: null });
}
