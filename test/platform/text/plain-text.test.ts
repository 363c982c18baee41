import { describe, expect, it } from 'vitest';
import { freeText, nameText, withoutHtml } from '../../../shared/platform/text/plain-text.ts';

describe('text without HTML', () => {
  it.each([
    ['Hola <b>Ana</b>', 'Hola Ana'],
    ['a<b', 'a'],
    ['1 < 2 y 3 > 2', '1 < 2 y 3 > 2'],
    ['Sol & Mar &amp; más', 'Sol & Mar &amp; más'],
    ['x<!-- nota -->y', 'xy'],
    ['x<!-- sin fin', 'x'],
    ['a<script>alert(1)</script>b', 'ab'],
    ['a<STYLE type="x">p{}</style >b', 'ab'],
    ['a<script>alert(1)', 'a'],
    ['<img src=x onerror="a">texto', 'texto'],
    ['<<b>script>alert(1)<<b>/script>', ''],
    ['<a href="javascript:x">pulsa</a>', 'pulsa'],
    ['<!DOCTYPE html><?php echo 1 ?>hola', 'hola'],
  ])('%j is %j', (html, text) => {
    expect(withoutHtml(html)).toBe(text);
  });

  it('stays without tags however they are nested', () => {
    const nested = '<'.repeat(30) + 'b>'.repeat(30);
    expect(withoutHtml(nested)).not.toMatch(/<\p{L}/u);
  });

  it('is taken out of a long hostile text in no time', () => {
    expect(freeText('<<b>'.repeat(100_000))).not.toContain('<b');
    expect(freeText('<!--'.repeat(100_000))).toBe('');
    expect(freeText('<script'.repeat(100_000))).toBe('');
  });
});

describe('free text', () => {
  it.each([
    ['  a \t\u00a0 b  ', 'a b'],
    ['a\r\nb\n\n\n\nc', 'a\nb\n\nc'],
    ['a\u200bb\u202ec\u0007', 'abc'],
    ['e\u0301', 'é'],
  ])('%j is %j', (sent, text) => {
    expect(freeText(sent)).toBe(text);
  });

  it('is cut at its most, never in the middle of a character', () => {
    expect(freeText('x'.repeat(3_000))).toHaveLength(2_000);
    expect(freeText(`${'x'.repeat(9)}😀`, 10)).toBe('x'.repeat(9));
  });

  it('on one line is a name', () => {
    expect(nameText(' Sol\n\n y\t<i>Mar</i> ')).toBe('Sol y Mar');
    expect(nameText('n'.repeat(200))).toHaveLength(150);
  });
});
