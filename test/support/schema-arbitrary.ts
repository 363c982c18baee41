import * as fc from 'fast-check';
import type { DocumentedSchema } from './documented.ts';

/** Values that break what takes them on trust: wrong types, edges of numbers, texts that are code somewhere. */
const JUNK: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, 0.1, '', ' ', [], {}, [[]], { $ref: 'x' }),
  fc.constantFrom(
    '0000-00-00',
    '9999-12-31',
    '2026-02-30T25:61:61Z',
    '\u0000',
    '\ud800',
    '../..',
    '{{7*7}}',
    "' OR 1=1",
  ),
  fc.constantFrom('🏠'.repeat(300), 'a'.repeat(20_000), '__proto__', 'T#x', '%00', 'null', '-0', '1e400', '٣'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Beginnings of files that are taken for what they are not. */
const SIGNATURES: readonly Uint8Array<ArrayBuffer>[] = [
  new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
  new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  new Uint8Array([0x50, 0x4b, 0x03, 0x04]),
  new Uint8Array(0),
];

function textOf({ pattern, format, minLength = 0, maxLength = 100 }: DocumentedSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.emailAddress();
  if (format === 'date') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern, 'u'));
  const longest = Math.min(Number(maxLength), 200);
  return fc.string({ unit: 'grapheme', minLength: Math.min(Number(minLength), longest), maxLength: longest });
}

function typed(schema: DocumentedSchema, type: unknown): fc.Arbitrary<unknown> {
  const { minimum = -1_000, maximum = 1_000_000, items = {}, properties = {} } = schema;
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: Number(minimum), max: Math.min(Number(maximum), Number.MAX_SAFE_INTEGER) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting(items as DocumentedSchema), { maxLength: 3 });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(properties as Record<string, DocumentedSchema>).map(([name, each]) => [name, fitting(each)]),
        ),
      );
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

/** Values that fit a schema as far as it says. */
export function fitting(schema: DocumentedSchema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return fc.oneof(...branches.map((each: DocumentedSchema) => fitting(each)));
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return fc.oneof(...types.map((type) => typed(schema, type)));
}

/** Objects with the fields of a schema, of which some fit, some are junk, some are missing, and some are unknown. */
export function spoiled(schema: DocumentedSchema): fc.Arbitrary<Record<string, unknown>> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, DocumentedSchema>);
  const fields = properties.map(([name, each]) => [name, fc.oneof(fitting(each), JUNK)] as const);
  return fc.record({ ...Object.fromEntries(fields), unknown_field: JUNK }, { requiredKeys: [] });
}

/** Texts for a place in an address. */
export function spoiledText(schema: DocumentedSchema): fc.Arbitrary<string> {
  const junk = fc.oneof(JUNK, fc.constantFrom('last', '-1', '0', '٣', 'x'.repeat(1_500)));
  return fc.oneof(fitting(schema), junk).map((value) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.toWellFormed().slice(0, 1_500);
  });
}

/** Forms of a schema's fields and files, spoiled as {@link spoiled} does; a file may be anything, and anything a file. */
export function spoiledForm(schema: DocumentedSchema): fc.Arbitrary<FormData> {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...SIGNATURES));
  const file = fc.tuple(fc.string({ maxLength: 20 }), bytes).map(([name, parts]) => new File([parts], name));
  return fc.tuple(spoiled(schema), file, fc.nat(3)).map(([fields, sent, turn]) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      form.append(name.toWellFormed(), text.toWellFormed());
    }
    const names = Object.keys((schema.properties ?? {}) as object);
    const field = names[turn % Math.max(1, names.length)] ?? 'file';
    if (turn > 0) form.set(field, sent);
    return form;
  });
}
