import { stringify } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { openapiDocument } from './openapi-document.ts';
import { describedOperations } from './operations.ts';

/** The committed document; the function that serves it finds it beside its handler. */
export const OPENAPI_FILE = new URL('../../functions/meta/openapi.yaml', import.meta.url);

/** The document of every operation of the system, as text. */
export function openapiYaml(): string {
  const document = openapiDocument(describedOperations(), { version: manifest.version, server: '/' });
  return stringify(document, { aliasDuplicateObjects: false });
}
