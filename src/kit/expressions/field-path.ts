/** A step of a path: into a key, and whether a list is walked there. */
interface Step {
  readonly key: string;
  readonly isList: boolean;
}

/** Paths are written in connectors: there are few, each is read for every record. */
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
 * The value under a path: `a.b` goes into an object, `a[].b` through a list (`[]` alone: the root is the list). A key that holds dots or brackets is tried
 * first as it stands. A path with `[]` gives a list, flat, without gaps; one bare value stands for a list of one (XML). A list met without `[]` is walked too.
 * Undefined where nothing is there.
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

/** True for an object with keys, not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
