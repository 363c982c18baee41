import { TemplateError } from './template.ts';

/** What `Ref` and `Fn::GetAtt` mean where a value stands. */
export interface References {
  /** A resource's id by its logical id, or the value of a pseudo parameter such as `AWS::Region`. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
}

type Argument = unknown;

const SUBSTITUTION = /\$\{(!?)([^}]+)\}/g;

/** `value` with every intrinsic function replaced by what it stands for. Throws {@link TemplateError}. */
export function resolveIntrinsics(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((element) => resolveIntrinsics(element, references));
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0) {
    const evaluate = INTRINSICS[name];
    if (evaluate !== undefined) return evaluate(argument, references);
    if (name.startsWith('Fn::')) throw new TemplateError(`The local cloud does not know the function ${name}.`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, resolveIntrinsics(element, references)]),
  );
}

const INTRINSICS: Readonly<Record<string, (argument: Argument, references: References) => unknown>> = {
  Ref: (argument, references) => references.ref(textOf(argument)),
  'Fn::GetAtt': getAttribute,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
};

function getAttribute(argument: Argument, references: References): unknown {
  const [logicalId = '', ...attribute] = Array.isArray(argument) ? argument.map(textOf) : textOf(argument).split('.');
  return references.attribute(logicalId, attribute.join('.'));
}

function join(argument: Argument, references: References): string {
  const [separator, parts] = pairOf(argument);
  return listOf(resolveIntrinsics(parts, references)).map(textOf).join(textOf(separator));
}

function substitute(argument: Argument, references: References): string {
  const [text, variables] = Array.isArray(argument) ? pairOf(argument) : [argument, {}];
  const values = resolveIntrinsics(variables, references) as Readonly<Record<string, unknown>>;
  return textOf(text).replace(SUBSTITUTION, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (Object.hasOwn(values, name)) return textOf(values[name]);
    return textOf(name.includes('.') ? getAttribute(name, references) : references.ref(name));
  });
}

function select(argument: Argument, references: References): unknown {
  const [index, list] = pairOf(argument);
  const candidates = listOf(resolveIntrinsics(list, references));
  const position = Number(resolveIntrinsics(index, references));
  if (!(position in candidates)) throw new TemplateError(`Fn::Select ${position} is outside of its list.`);
  return candidates[position];
}

function split(argument: Argument, references: References): readonly string[] {
  const [separator, text] = pairOf(argument);
  return textOf(resolveIntrinsics(text, references)).split(textOf(separator));
}

function pairOf(argument: Argument): readonly [unknown, unknown] {
  const [first, second] = listOf(argument);
  return [first, second];
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TemplateError(`A list was expected where the template has ${JSON.stringify(value)}.`);
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`A text was expected where the template has ${JSON.stringify(value)}.`);
}
