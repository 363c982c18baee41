import { describe, expect, it } from 'vitest';
import { plainLine } from '../../../shared/platform/text/plain-line.ts';

describe('company names (§2.12)', () => {
  it.each([
    ['  Sol & Mar \n SL ', 'Sol & Mar SL'],
    ['1 < 2', '1 < 2'],
    ['<b>Sol</b> y <i class="x">Mar</i>', 'Sol y Mar'],
    ['Sol<script>alert(1)</script> Mar<style>x', 'Sol Mar'],
    ['Sol<!-- nada -->Mar', 'SolMar'],
    ['a<b', 'a'],
    ['Sol\u200b\u202eMar\u0000', 'SolMar'],
    ['Cafe\u0301', 'Café'],
    ['\u200b \u00a0\t', ''],
  ])('%j is %j', (text, name) => expect(plainLine(text)).toBe(name));
});
