import { SaxesParser } from 'saxes';
import { SpreadsheetError } from './spreadsheet-error.ts';
import type { SpreadsheetLimits } from './spreadsheet-limits.ts';

export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/**
 * What a part's reader hears. Names are local names: the same element may come under any prefix, and the
 * transitional and the strict namespace call it the same. The root has depth 1.
 */
export interface XmlEvents {
  open(name: string, attributes: XmlAttributes, depth: number): void;
  close(name: string, depth: number): void;
  text?(text: string): void;
  /** Whether what comes is the text of a cell. */
  readonly inText?: boolean;
}

export interface XmlParser {
  write(text: string): void;
  end(): void;
}

/** saxes holds one text, comment or tag whole; nothing in a workbook is longer, and a cell's text far shorter. */
const MAX_TOKEN_CHARACTERS = 2 * 1024 * 1024;

const PREDEFINED_ENTITIES = { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" };

const ENCODINGS = /^(utf-?8|utf-?16(le|be)?|us-ascii)$/i;

/** A parser without DOCTYPE, entities of the document's own, deep nesting and endless tokens. */
export function createXmlParser(events: XmlEvents, limits: SpreadsheetLimits): XmlParser {
  const parser = new SaxesParser({ xmlns: false, position: false });
  // saxes looks entities up through Object.prototype: `&constructor;` would be one.
  parser.ENTITIES = Object.assign(Object.create(null), PREDEFINED_ENTITIES);
  let depth = 0;
  let tags = 0;
  let tagsBefore = 0;
  let pending = 0;
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
    if (!ENCODINGS.test(encoding)) throw new SpreadsheetError('damaged', { cause: new Error('unsupported encoding') });
  });
  parser.on('doctype', () => {
    throw new SpreadsheetError('forbidden_xml', { cause: new Error('document type declaration') });
  });
  parser.on('opentag', (tag) => {
    tags += 1;
    depth += 1;
    if (depth > limits.xmlDepth) throw new SpreadsheetError('forbidden_xml', { limit: limits.xmlDepth });
    events.open(localName(tag.name), tag.attributes, depth);
  });
  parser.on('closetag', (tag) => {
    tags += 1;
    events.close(localName(tag.name), depth);
    depth -= 1;
  });
  if (events.text !== undefined) {
    const text = events.text.bind(events);
    parser.on('text', text);
    parser.on('cdata', text);
  }
  return {
    write(text) {
      parser.write(text);
      pending = tags === tagsBefore ? pending + text.length : 0;
      tagsBefore = tags;
      if (pending <= MAX_TOKEN_CHARACTERS) return;
      throw events.inText
        ? new SpreadsheetError('cell_too_long', { limit: limits.cellCharacters })
        : new SpreadsheetError('damaged', { cause: new Error('endless token') });
    },
    end: () => parser.close(),
  };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
