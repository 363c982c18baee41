import * as z from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { Route } from '../../shared/platform/http/route.ts';
import { UPLOAD_WORDS } from '../../shared/platform/http/upload-words.ts';
import { UPLOAD_EXTENSIONS } from '../../shared/platform/upload/upload.ts';
import type { RouteExample } from './examples.ts';

type RequestBody = Pick<ZodOpenApiOperationObject, 'requestBody'>;

/** A file is part of a form, or its id stands in a form or in JSON; the other fields are the same in all of them. */
export function requestBodyOf({ surface, body, upload }: Route, example: RouteExample): RequestBody {
  const shown = example.body && { example: example.body };
  if (upload === undefined) {
    if (body === undefined) return {};
    const content = { [body.form ? 'multipart/form-data' : 'application/json']: { schema: body.schema, ...shown } };
    return { requestBody: { required: body.optional !== true, content } };
  }
  const { idField } = UPLOAD_WORDS[surface];
  const others = body?.schema instanceof z.ZodObject ? body.schema.shape : {};
  const file = z.string().meta({ format: 'binary', description: UPLOAD_EXTENSIONS[upload.proposito].join(', ') });
  const id = z.string().meta({ description: 'Id de un fichero subido antes, en lugar del fichero.' });
  const { field, second } = upload;
  const secondId = second && { [`${idField}_${second}`]: id.optional() };
  const secondFile = second && { [second]: file.optional(), ...secondId };
  const form = z.object({ [field]: file.optional(), [idField]: id.optional(), ...secondFile, ...others });
  const json = z.object({ [idField]: id, ...secondId, ...others });
  return {
    requestBody: {
      required: true,
      content: { 'multipart/form-data': { schema: form }, 'application/json': { schema: json, ...shown } },
    },
  };
}
