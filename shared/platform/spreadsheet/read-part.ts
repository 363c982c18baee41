import { decodePart } from './part-text.ts';
import type { SpreadsheetLimits } from './spreadsheet-limits.ts';
import { createXmlParser, type XmlEvents } from './xml-parser.ts';
import type { ZipPackage } from './zip-package.ts';

export interface PartSource {
  readonly parts: ZipPackage;
  readonly limits: SpreadsheetLimits;
}

/**
 * Feeds a whole XML part to `events`, pausing after every chunk so that a caller can take what has been gathered.
 *
 * @param maxBytes inflated size above which the part is refused as `too_complex`
 */
export async function* streamPart(
  { parts, limits }: PartSource,
  partName: string,
  events: XmlEvents,
  maxBytes?: number,
): AsyncGenerator<void, void, undefined> {
  const parser = createXmlParser(events, limits);
  for await (const text of decodePart(parts.read(partName, maxBytes))) {
    parser.write(text);
    yield;
  }
  parser.end();
}

/** Reads a whole XML part. */
export async function readPart(
  source: PartSource,
  partName: string,
  events: XmlEvents,
  maxBytes?: number,
): Promise<void> {
  for await (const _ of streamPart(source, partName, events, maxBytes));
}
