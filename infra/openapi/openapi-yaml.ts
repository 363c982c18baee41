import { stringify } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { FUNCTIONS } from '../config/functions.ts';
import { openapiDocument } from './openapi-document.ts';

/** The committed document; the function that serves it finds it beside its handler. */
export const OPENAPI_FILE = new URL('../../functions/meta/openapi.yaml', import.meta.url);

/** Every route table of the system, as the functions declare them. */
export function openapiYaml(): string {
  const tables = Object.values(FUNCTIONS).flatMap(({ trigger }) => (trigger.kind === 'http' ? [trigger.routes] : []));
  const document = openapiDocument(tables, { version: manifest.version, server: '/' });
  return stringify(document, { aliasDuplicateObjects: false });
}
