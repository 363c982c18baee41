import { describe, expect, it } from 'vitest';
import { type BucketName, namesOf } from '../../infra/config/names.ts';

const place = { partition: 'aws', account: '123456789012', region: 'ap-southeast-1' };
const LONGEST_STAGE = 'abcdefghijkl';

describe('names', () => {
  it('are a pure function of stage and place', () => {
    const spellOut = () =>
      JSON.stringify(namesOf('dev', place), (_, value) => (value instanceof Function ? value('x') : value));
    expect(spellOut()).toBe(spellOut());
  });

  it('are those that both APIs and the local cloud agreed on', () => {
    const names = namesOf('dev', place);
    expect(names).toMatchObject({
      table: 'stay-ops-dev',
      tableArn: 'arn:aws:dynamodb:ap-southeast-1:123456789012:table/stay-ops-dev',
      kmsAlias: 'alias/stay-ops-dev',
      secretsPrefix: 'stay-ops/dev/',
    });
    expect(names.queue('work')).toBe('stay-ops-dev-work');
    expect(names.function('auth')).toBe('stay-ops-dev-auth');
    expect(names.schedule('late-checkin')).toBe('stay-ops-dev-late-checkin');
    expect(names.deadLetters('import-arrivals')).toBe('stay-ops-dev-import-arrivals-dlq');
    expect(names.bucket('arrivals')).toBe('stay-ops-dev-arrivals-123456789012-ap-southeast-1');
  });

  it('differ between stages', () => {
    const [dev, prod] = [namesOf('dev', place), namesOf('prod', place)];
    const plain = (names: object) => Object.entries(names).filter(([, value]) => typeof value === 'string');
    const shared = plain(dev).filter(([key, value]) => key !== 'anyKeyArn' && Object(prod)[key] === value);
    expect(shared).toEqual([]);
  });

  it.each<BucketName>(['arrivals', 'photos', 'exports', 'access-logs'])(
    'of bucket %s fit in 63 characters',
    (bucket) => {
      expect(namesOf(LONGEST_STAGE, place).bucket(bucket).length).toBeLessThanOrEqual(63);
    },
  );
});
