import * as z from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { Route } from '../../shared/platform/http/route.ts';
import { UPLOAD_WORDS } from '../../shared/platform/http/upload-words.ts';
import { UPLOAD_EXTENSIONS } from '../../shared/platform/upload/upload.ts';
import { type RouteExample, withoutStagedIds } from './examples.ts';

type RequestBody = Pick<ZodOpenApiOperationObject, 'requestBody'>;

/** The form of a call that brings its file: a sample in the place of the file, and the other fields. */
export function formExample(route: Route, { body, files }: RouteExample): Record<string, unknown> | undefined {
  const { upload } = route;
  const sample = upload && { [upload.field]: `${upload.proposito}.xlsx` };
  const fields = { ...sample, ...files, ...withoutStagedIds(route, body) };
  return Object.keys(fields).length > 0 ? fields : undefined;
}

/** A file is part of a form, or its id stands in a form or in JSON; the other fields are the same in all of them. */
export function requestBodyOf(route: Route, example: RouteExample): RequestBody {
  const { surface, body, upload } = route;
  const shown = example.body && { example: example.body };
  const shownForm = { example: formExample(route, example) };
  if (upload === undefined) {
    if (body === undefined) return {};
    const { schema } = body;
    const content = body.form
      ? { 'multipart/form-data': { schema, ...shownForm } }
      : { 'application/json': { schema, ...shown } };
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
      content: {
        'multipart/form-data': { schema: form, ...shownForm },
        'application/json': { schema: json, ...shown },
      },
    },
  };
}
