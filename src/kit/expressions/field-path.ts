interface Step {
  readonly key: string;
  /** The path continues in each member of a list. */
  readonly isList: boolean;
}

/** Cache: connectors contain few paths, each read for every record. */
const known = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  const steps = known.get(path);
  if (steps !== undefined) return steps;
  const parsed = path
    .split(".")
    .map((part) => (part.endsWith("[]") ? { key: part.slice(0, -2), isList: true } : { key: part, isList: false }));
  known.set(path, parsed);
  return parsed;
}

/**
 * Returns the value at a path, or undefined. `a.b` enters an object and `a[].b` a list; in `[].b` the root is the list. If the record has
 * the whole path as a key, that key is used. A path with `[]` returns a flat list without gaps; a single value counts as a list of one, as
 * in XML. `a.b` also enters a list `a`.
 */
export function valueAt(root: unknown, path: string): unknown {
  if (isRecord(root) && Object.hasOwn(root, path)) return root[path];
  let current: unknown = root;
  let isMany = false;
  for (const { key, isList } of stepsOf(path)) {
    if (key !== "") current = Array.isArray(current) ? membersUnder(current, key) : under(current, key);
    if (isList) {
      current = current === undefined || current === null ? [] : Array.isArray(current) ? current.flat() : [current];
      isMany = true;
    }
    if (current === undefined && !isMany) return undefined;
  }
  return isMany && current === undefined ? [] : current;
}

function under(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function membersUnder(list: readonly unknown[], key: string): unknown[] {
  const found: unknown[] = [];
  for (const member of list) {
    const value = Array.isArray(member) ? membersUnder(member, key) : under(member, key);
    if (Array.isArray(value)) found.push(...value);
    else if (value !== undefined && value !== null) found.push(value);
  }
  return found;
}

/** Returns true for an object that is neither a list nor a date. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Returns the top-level field of a path: `couverture_geo` for `couverture_geo.code`. */
export function firstSegment(path: string): string {
  const end = path.search(/[.[]/);
  return end > 0 ? path.slice(0, end) : path;
}
