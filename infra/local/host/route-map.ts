/** A route that fits a call, with what its path variables stand for (decoded). */
export interface RouteMatch<R> {
  readonly route: R;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

export interface RouteMap<R> {
  /** `path` is the request's path as sent, without the query. */
  match(method: string, path: string): RouteMatch<R> | undefined;
}

/** One path segment of the tree; below it first the literal segments, then the variable, then the greedy variable. */
interface Node<R> {
  readonly literals: Map<string, Node<R>>;
  variable: { readonly node: Node<R> } | undefined;
  readonly byMethod: Map<string, Leaf<R>>;
  readonly greedyByMethod: Map<string, Leaf<R>>;
}

interface Leaf<R> {
  readonly route: R;
  /** Names of the variables on the way, in order. */
  readonly names: readonly string[];
}

interface Found<R> {
  readonly leaf: Leaf<R>;
  readonly values: readonly string[];
}

/**
 * The routes of an HTTP API in the order of their precedence: a literal segment before a variable before a greedy
 * variable, a method before `ANY`, and `$default` at last (API Gateway developer guide, "Routing API requests").
 * A trailing slash makes another path; a greedy variable also stands for the nothing behind one.
 */
export function compileRoutes<R extends { readonly key: string }>(routes: readonly R[]): RouteMap<R> {
  const root = emptyNode<R>();
  let fallback: R | undefined;
  for (const route of routes) {
    if (route.key === '$default') fallback = route;
    else insert(root, route);
  }
  // Most paths have no variable: their answer is one look-up.
  const literal = literalPaths(routes);
  const find = (method: string, path: string): RouteMatch<R> | undefined => {
    const found = search(root, method, path.slice(1).split('/'), 0, []);
    return found && { route: found.leaf.route, pathParameters: parametersOf(found) };
  };
  return {
    match(method, path) {
      const byMethod = literal.get(path);
      const direct = byMethod?.get(method) ?? byMethod?.get('ANY');
      if (direct !== undefined) return direct;
      return find(method, path) ?? (fallback && { route: fallback, pathParameters: undefined });
    },
  };
}

function literalPaths<R extends { readonly key: string }>(
  routes: readonly R[],
): ReadonlyMap<string, ReadonlyMap<string, RouteMatch<R>>> {
  const paths = new Map<string, Map<string, RouteMatch<R>>>();
  for (const route of routes) {
    const [method = '', path] = route.key.split(' ');
    if (path === undefined || path.includes('{')) continue;
    const byMethod = paths.get(path) ?? new Map<string, RouteMatch<R>>();
    paths.set(path, byMethod.set(method, { route, pathParameters: undefined }));
  }
  return paths;
}

function emptyNode<R>(): Node<R> {
  return { literals: new Map(), variable: undefined, byMethod: new Map(), greedyByMethod: new Map() };
}

function insert<R extends { readonly key: string }>(root: Node<R>, route: R): void {
  const [method = '', path = '/'] = route.key.split(' ');
  const names: string[] = [];
  let node = root;
  for (const segment of path.slice(1).split('/')) {
    const variable = /^\{([^}+]+)(\+?)\}$/.exec(segment);
    if (variable === null) {
      node = childOf(node.literals, segment);
      continue;
    }
    const [, name = '', greedy] = variable;
    names.push(name);
    if (greedy === '+') {
      node.greedyByMethod.set(method, { route, names });
      return;
    }
    node.variable ??= { node: emptyNode() };
    node = node.variable.node;
  }
  node.byMethod.set(method, { route, names });
}

function childOf<R>(literals: Map<string, Node<R>>, segment: string): Node<R> {
  const known = literals.get(segment);
  if (known !== undefined) return known;
  const created = emptyNode<R>();
  literals.set(segment, created);
  return created;
}

function search<R>(
  node: Node<R>,
  method: string,
  segments: readonly string[],
  depth: number,
  values: readonly string[],
): Found<R> | undefined {
  const segment = segments[depth];
  if (segment === undefined) return finding(node.byMethod, method, values);
  const literal = node.literals.get(segment) ?? node.literals.get(decodeSegment(segment));
  const exact = literal && search(literal, method, segments, depth + 1, values);
  if (exact !== undefined) return exact;
  if (node.variable !== undefined && segment !== '') {
    const found = search(node.variable.node, method, segments, depth + 1, [...values, decodeSegment(segment)]);
    if (found !== undefined) return found;
  }
  return finding(node.greedyByMethod, method, [...values, segments.slice(depth).map(decodeSegment).join('/')]);
}

function finding<R>(leaves: ReadonlyMap<string, Leaf<R>>, method: string, values: readonly string[]) {
  const leaf = leaves.get(method) ?? leaves.get('ANY');
  return leaf && { leaf, values };
}

function parametersOf<R>({ leaf, values }: Found<R>): Record<string, string> | undefined {
  if (leaf.names.length === 0) return undefined;
  return Object.fromEntries(leaf.names.map((name, position) => [name, values[position] ?? '']));
}

/** Percent-decoding that leaves a broken escape as it stands. */
export function decodeSegment(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
