/** At most so many UTF-16 units of a text, and no half character at the end: neither a table nor an address takes one. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}
