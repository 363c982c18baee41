import type * as z from 'zod';
import { AppError, type Issue } from '../errors/app-error.ts';
import type { Exchange } from './exchange.ts';
import type { Route, SurfaceName } from './route.ts';
import { type Finding, type Surface, surfaceOf } from './surface.ts';

/** @throws AppError `not_found` for a path that can name nothing */
export function readParams(exchange: Exchange): void {
  const { route, event } = exchange;
  if (route.params === undefined) return;
  const params = route.params.safeParse(event.pathParameters ?? {});
  if (!params.success) throw new AppError('not_found', surfaceOf(route.surface).messages.notFound);
  exchange.params = params.data;
}

/** @throws AppError `invalid` with all that is wrong with query and body; a deferred body says so when it is asked for */
export function readFields(exchange: Exchange): void {
  const { route, event } = exchange;
  const readBody = (read: Read) => read(route.body?.schema, exchange.json);
  const isDeferred = route.body?.deferred === true;
  reading(route, (read) => {
    exchange.query = read(route.query, event.queryStringParameters ?? {});
    exchange.body = isDeferred ? () => reading(route, readBody) : readBody(read);
  });
}

/** Checks one input; what is wrong with it is gathered. */
type Read = (schema: z.ZodType | undefined, input: unknown) => unknown;

/**
 * A part of a body that is judged by itself.
 * @throws AppError `invalid` with all that is wrong with it, in the words of the surface
 */
export function readPart<S extends z.ZodType>(surface: SurfaceName, schema: S, input: unknown): z.output<S> {
  return reading({ surface }, (read) => read(schema, input)) as z.output<S>;
}

/** How findings are told. */
type Telling = Pick<Route, 'surface' | 'plainFieldErrors'>;

/** @throws AppError `invalid` with all that was found wrong */
function reading<T>(route: Telling, work: (read: Read) => T): T {
  const surface = surfaceOf(route.surface);
  const issues: Issue[] = [];
  const result = work((schema, input) => {
    if (schema === undefined) return undefined;
    const parsed = schema.safeParse(input, {
      reportInput: true,
      error: (finding) => surface.describe(finding as Finding),
    });
    if (!parsed.success) issues.push(...issuesOf(parsed.error, route, surface));
    return parsed.data;
  });
  if (issues.length > 0) throw new AppError('invalid', surface.messages.invalid, { issues });
  return result;
}

function issuesOf(error: z.ZodError, route: Telling, surface: Surface): Issue[] {
  return error.issues.flatMap((issue) => {
    const message = issue.message;
    const field = (path: readonly PropertyKey[]) => path.join(surface.fieldSeparator);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => named(field([...issue.path, key]), message, route));
    }
    if (issue.path.length === 0) return [named(surface.wholeBodyField, message, route)];
    return [named(field(issue.path), message || surface.messages.invalid, route)];
  });
}

function named(field: string, message: string, route: Telling): Issue {
  return route.plainFieldErrors === true ? { message } : { field, message };
}
