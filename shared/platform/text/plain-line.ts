/**
 * A name or another text of one line as it is stored (`stay-sidekick.md` §2.12): no control or format characters, no
 * HTML, single spaces, trimmed. Text is stored plain, so `Sol & Mar` stays as it is; a `<` between spaces is text.
 */
export function plainLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/<(script|style)\b.*?(<\/\1\s*>|$)/gi, '')
    .replace(/<!--.*?(-->|$)/g, '')
    .replace(/<\/?[a-z!?][^>]*(>|$)/gi, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
