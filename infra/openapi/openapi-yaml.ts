import { stringify } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { isTriggeredBy } from '../config/function-spec.ts';
import { FUNCTION_LIST } from '../config/functions.ts';
import { examplesOf } from './examples.ts';
import { openapiDocument } from './openapi-document.ts';

/** The committed document; the function that serves it finds it beside its handler. */
export const OPENAPI_FILE = new URL('../../functions/meta/openapi.yaml', import.meta.url);

/** Every route table of the system, as the functions declare them. */
export function openapiYaml(): string {
  const tables = FUNCTION_LIST.flatMap(([name, spec]) =>
    isTriggeredBy(spec, 'http') ? [{ routes: spec.trigger.routes, examples: examplesOf(name) }] : [],
  );
  const document = openapiDocument(tables, { version: manifest.version, server: '/' });
  return stringify(document, { aliasDuplicateObjects: false });
}
