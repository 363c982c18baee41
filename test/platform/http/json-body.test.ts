import { describe, expect, it } from 'vitest';
import { parseJsonObject } from '../../../shared/platform/http/json-body.ts';

const parse = (text: string | Uint8Array) =>
  parseJsonObject(typeof text === 'string' ? Buffer.from(text) : text, 'That is none.');

describe('a JSON body', () => {
  it.each([
    ['{"a":"ñ"}', { a: 'ñ' }],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['{"a":"\\ud83d\\ude42"}', { a: '🙂' }],
    ['{"a":"\\\\ud800"}', { a: '\\ud800' }],
  ])('%s is an object', (text, value) => expect(parse(text)).toEqual(value));

  it.each(['', '{', '[]', 'null', '"text"', '{"a":"\\ud800"}', '{"a":[{"b":"x\\uDC00y"}]}', '{"\\ud800":1}'])(
    '%s is none',
    (text) =>
      expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'bad_request', message: 'That is none.' })),
  );

  it('is none in bytes that are no UTF-8', () => {
    expect(() => parse(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toThrow('That is none.');
  });
});
