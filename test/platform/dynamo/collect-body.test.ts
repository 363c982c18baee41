import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collectBody } from '../../../shared/platform/dynamo/collect-body.ts';

describe('the body of an answer', () => {
  it('is taken in whole, in the order in which it came', async () => {
    const body = Readable.from([Buffer.from('{"Item":'), Buffer.from('{"pk":{"S":"ñ"'), Buffer.from('}}}')]);
    expect(Buffer.from(await collectBody(body)).toString()).toBe('{"Item":{"pk":{"S":"ñ"}}}');
  });

  it('may be empty', async () => {
    expect(await collectBody(Readable.from([]))).toHaveLength(0);
  });

  it('is an error when it breaks off half way', async () => {
    const body = new Readable({ read() {} });
    body.push(Buffer.from('{"Item":'));
    const taken = collectBody(body);
    setImmediate(() => body.destroy(new Error('aborted')));
    await expect(taken).rejects.toThrow('aborted');
  });
});
