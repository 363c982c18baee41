import { SaxesParser } from 'saxes';

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Rendered markup, so that text and markup cannot be mistaken for each other. */
export interface Markup {
  readonly markup: string;
  toString(): string;
}

/** One element around text (escaped) or other elements; the empty string when there is no content. */
export function element(name: string, content: string | number | boolean | readonly Markup[] | undefined): Markup {
  if (content === undefined) return markup('');
  const inner = Array.isArray(content) ? content.join('') : escapeText(String(content));
  return markup(`<${name}>${inner}</${name}>`);
}

/** A whole answer document in the S3 namespace. */
export function xmlDocument(name: string, children: readonly Markup[]): string {
  return `${XML_DECLARATION}<${name} xmlns="${S3_NAMESPACE}">${children.join('')}</${name}>`;
}

function markup(text: string): Markup {
  return { markup: text, toString: () => text };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters are written as references, as S3 does, although XML 1.0 has no place for most of them. */
function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them
  return text.replace(/[&<>"\u0000-\u001f]/g, (c) => ENTITIES[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);
}

/** A parsed element; attributes and namespaces are dropped. */
export interface XmlNode {
  readonly name: string;
  text: string;
  readonly children: XmlNode[];
}

/** Parses a small request document. Throws an `Error` on malformed XML. */
export function parseXml(source: string): XmlNode {
  const root: XmlNode = { name: '', text: '', children: [] };
  const open: XmlNode[] = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const node: XmlNode = { name: tag.name.replace(/^.*:/, ''), text: '', children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', (text) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  });
  parser.write(source).close();
  const [document] = root.children;
  if (document === undefined) throw new Error('The document is empty.');
  return document;
}

/** Text of the first child of that name. */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text;
}
