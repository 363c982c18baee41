import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { textOfPieces } from '../../../shared/platform/http/text-pieces.ts';

async function* pieces(count: number, piece: string) {
  for (let at = 0; at < count; at += 1) yield piece;
}

const noise = Array.from({ length: 20_000 }, (_, at) => ((at * 2_654_435_761) >>> 0).toString(36)).join('');

describe('a text that is made piece by piece', () => {
  it('is answered as it is while it is short, whatever the client can unpack', async () => {
    const answer = await textOfPieces(pieces(3, 'año\r\n'), 'gzip, br');
    expect(answer).toEqual({ body: 'año\r\n'.repeat(3), headers: { Vary: 'Accept-Encoding' } });
  });

  it('is packed when it is long, for who can unpack it', async () => {
    const { body, isBase64Encoded, headers } = await textOfPieces(pieces(5_000, `${'ñ'.repeat(200)}\r\n`), 'br, gzip');
    expect(headers).toEqual({ 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' });
    expect(isBase64Encoded).toBe(true);
    expect(gunzipSync(Buffer.from(body, 'base64')).toString()).toBe(`${'ñ'.repeat(200)}\r\n`.repeat(5_000));
  });

  it('is plain for who cannot, as far as an answer carries it', async () => {
    const { body, headers } = await textOfPieces(pieces(2_000, 'x'.repeat(1_000)));
    expect([body.length, headers]).toEqual([2_000_000, { Vary: 'Accept-Encoding' }]);
    await expect(textOfPieces(pieces(5_000, 'x'.repeat(1_000)))).rejects.toMatchObject({ code: 'too_large' });
  });

  it('is refused when not even packed it fits, before it is made to its end', async () => {
    let made = 0;
    async function* endless() {
      for (; made < 10_000; made += 1) yield `${made}${noise.slice(made % 977)}`;
    }
    await expect(textOfPieces(endless(), 'gzip')).rejects.toMatchObject({ code: 'too_large' });
    expect(made).toBeLessThan(10_000);
  });
});
