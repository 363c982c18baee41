import { writeFile } from 'node:fs/promises';
import { OPENAPI_FILE, openapiYaml } from '../infra/openapi/openapi-yaml.ts';

/** Writes the document that `GET /api/docs/openapi.yaml` serves; a test fails while it is out of date. */
await writeFile(OPENAPI_FILE, openapiYaml());
