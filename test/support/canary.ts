import type { DocumentedSchema } from './documented.ts';

/** What no text of ours holds; ten letters, so that three of them are whole in any base64 of it. */
const STEM = 'Kanarie7qz';
/** Of a phone: no id and no duration has these nine digits in a row. */
const PHONE = '698741236';

const planted: string[] = [];

/** A word that nobody says by himself, another for each place. */
export function canary(place: string): string {
  planted.push(place);
  return `${STEM}${planted.length}x`;
}

/** The inner part of a text's base64 wherever in a longer text it begins. */
function base64Cores(text: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(' '.repeat(offset) + text).toString('base64');
    return encoded.slice(offset === 0 ? 0 : 4, -4);
  });
}

const CANARIES = new RegExp(
  [`${STEM}(?:\\d+x)?`, ...base64Cores(STEM), Buffer.from(STEM).toString('hex'), PHONE.split('').join('[ .-]?')].join(
    '|',
  ),
  'gi',
);

const PLACE = new RegExp(`^${STEM}(\\d+)x$`, 'i');

/** Every canary in a text, with what stands around it and where it was planted. */
export function canariesIn(text: string): readonly string[] {
  return [...text.matchAll(CANARIES)].map(({ 0: found, index }) => {
    const place = planted[Number(PLACE.exec(found)?.[1]) - 1] ?? 'somewhere';
    return `planted in ${place}: …${text.slice(Math.max(0, index - 150), index + 60)}…`;
  });
}

/** Fields whose texts are free; what another field takes is told by its schema or by nobody. */
const FREE =
  /nombre|name|guest|contact|direccion|address|ciudad|nota|note|message|mensaje|contenido|plantilla|descrip|title|company|empresa|external|numero_registro|api_key|clave|token|uid|reason|text|comment/i;

/** One for all, because it is typed twice. */
const newPassword = `${canary('a new password')}-of-enough-length`;

/** A text like another, with a canary in it where its field leaves room for one. */
function textLike(schema: DocumentedSchema, like: string, place: string): string {
  const field = place.slice(place.lastIndexOf('.') + 1);
  if (schema.enum ?? schema.const ?? schema.pattern) return like;
  if (/passw|contrase/i.test(field)) return /actual|current/.test(field) ? like : newPassword;
  if (/^https?:/.test(like)) return `${like}${canary(place)}`;
  if (like.includes('@')) return `${canary(place)}@example.com`;
  if (/^\+?[\d ]{9,}$/.test(like)) return `+34 ${PHONE}`;
  if (/^\d/.test(like) || !FREE.test(field) || Number(schema.maxLength ?? 100) < 20) return like;
  if (/\.\w{3,4}$/.test(like)) return `${canary(place)}${like}`;
  if (like.includes(':')) return `${canary(place)}:${canary(place)}`;
  return like.includes(' ') ? `${like} ${canary(place)}` : canary(place);
}

type Schemas = Readonly<Record<string, DocumentedSchema>>;

function branchOf(schema: DocumentedSchema, type: string): DocumentedSchema {
  const branches = (schema.anyOf ?? schema.oneOf ?? [schema]) as readonly DocumentedSchema[];
  return branches.find((each) => each.type === type || (Array.isArray(each.type) && each.type.includes(type))) ?? {};
}

/** Good input as an example has it, with a canary in every free text. */
export function plantedLike(schema: DocumentedSchema, like: unknown, place: string): unknown {
  if (typeof like === 'string') return textLike(branchOf(schema, 'string'), like, place);
  if (Array.isArray(like)) {
    const items = (branchOf(schema, 'array').items ?? {}) as DocumentedSchema;
    return like.map((each) => plantedLike(items, each, place));
  }
  if (typeof like !== 'object' || like === null) return like;
  const properties = (branchOf(schema, 'object').properties ?? {}) as Schemas;
  return Object.fromEntries(
    Object.entries(like).map(([name, each]) => [name, plantedLike(properties[name] ?? {}, each, `${place}.${name}`)]),
  );
}

/** Input as nobody should send it: a canary wherever a schema has a leaf, and in the name of a field that it has not. */
export function plantedEverywhere(schema: DocumentedSchema, place: string): unknown {
  const properties = branchOf(schema, 'object').properties as Schemas | undefined;
  const items = branchOf(schema, 'array').items as DocumentedSchema | undefined;
  if (items !== undefined) return [plantedEverywhere(items, place)];
  if (properties === undefined) return canary(place);
  const fields = Object.entries(properties).map(([name, each]) => [name, plantedEverywhere(each, `${place}.${name}`)]);
  return { ...Object.fromEntries(fields), [canary(`the name of a field of ${place}`)]: canary(place) };
}
