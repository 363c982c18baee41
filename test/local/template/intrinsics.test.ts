import { describe, expect, it } from 'vitest';
import { type References, resolveIntrinsics } from '../../../infra/local/template/intrinsics.ts';

const references: References = {
  ref: (name) => ({ 'AWS::Region': 'eu-west-1', Queue: 'http://queues/work' })[name] ?? `ref:${name}`,
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
};
const resolve = (value: unknown) => resolveIntrinsics(value, references);

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders.
describe('intrinsic functions', () => {
  it('stand for what they mean, however deep', () => {
    expect(resolve({ Variables: { URL: { Ref: 'Queue' }, LIST: [{ 'Fn::GetAtt': ['Table', 'Arn'] }] } })).toEqual({
      Variables: { URL: 'http://queues/work', LIST: ['Table/Arn'] },
    });
  });

  it.each([
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Region' }, ':x']] }, 'arn:eu-west-1:x'],
    [{ 'Fn::Sub': 'a-${AWS::Region}-${Table.Arn}-${!Literal}' }, 'a-eu-west-1-Table/Arn-${Literal}'],
    [{ 'Fn::Sub': ['${Name}/${AWS::Region}', { Name: { Ref: 'Queue' } }] }, 'http://queues/work/eu-west-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Queue' }] }] }, ''],
    [{ 'Fn::Select': ['2', ['a', 'b', { Ref: 'C' }]] }, 'ref:C'],
  ])('%j', (value, expected) => {
    expect(resolve(value)).toBe(expected);
  });

  it('an object with a key named like one and others beside it is plain data', () => {
    expect(resolve({ Ref: 'x', other: 1 })).toEqual({ Ref: 'x', other: 1 });
  });

  it('one that is not known is refused by name', () => {
    expect(() => resolve({ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] })).toThrow('Fn::Cidr');
    expect(() => resolve({ 'Fn::Select': [3, ['a']] })).toThrow('outside');
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders.
