import * as z from 'zod';
import type { Resource } from './resources.ts';

/**
 * The properties that a schema names, resolved and parsed; the others are not looked at.
 *
 * @throws TemplateError naming the resource and the properties that do not fit
 */
export function readProperties<S extends z.ZodObject>(resource: Resource, schema: S): z.output<S> {
  const names = Object.keys(schema.shape);
  const parsed = schema.safeParse(Object.fromEntries(names.map((name) => [name, resource.property(name)])));
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw resource.unsupported(found.join('; '));
}

/** A property that the template must not have, because nothing here does what it asks for. */
export function unhosted(why: string) {
  return z.undefined(why).optional();
}

/** All resources of one type. */
export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type);
}
