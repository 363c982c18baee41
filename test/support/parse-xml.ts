import { SaxesParser } from 'saxes';

/** Reads a document to its end; answers the name of its root. @throws Error where it is not well-formed */
export function parseXml(text: string): string | undefined {
  const parser = new SaxesParser();
  let root: string | undefined;
  parser.on('opentag', ({ name }) => {
    root ??= name;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
  return root;
}
