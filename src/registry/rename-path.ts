import type { Connector } from "../kit/definition.ts";
import { plainRulesOf, rulesOf } from "../kit/rules/rule-paths.ts";

/** Parts of a definition that name fields of the feed. */
type Renamed = Pick<Connector, "fields" | "keepWhen" | "outOfScope" | "expect" | "tellApartBy" | "ignored">;

/** Returns the changes after a field (key or path) was renamed. Null if a function, which cannot be changed here, reads it. */
export function renamePath(definition: Connector, from: string, to: string): Readonly<Record<string, unknown>> | null {
  const renamed = (path: string) =>
    path === from ? to : /^[.[]/.test(path.slice(from.length)) && path.startsWith(from) ? to + path.slice(from.length) : path;
  const fields: Record<string, unknown> = {};
  for (const [field, rule] of rulesOf(definition)) {
    const isReadByFunction = plainRulesOf(rule).some(
      (plain) => plain.kind === "computed" && plain.reads.some((path) => renamed(path) !== path),
    );
    if (isReadByFunction) return null;
    const changed = withPaths(rule, renamed);
    if (JSON.stringify(changed) !== JSON.stringify(rule)) fields[field] = changed;
  }
  const changes: Record<string, unknown> = Object.keys(fields).length > 0 ? { fields } : {};
  for (const key of ["keepWhen", "outOfScope"] as const) addIfChanged(changes, definition, key, withPaths(definition[key], renamed));
  const { expect, tellApartBy, ignored } = definition;
  addIfChanged(changes, definition, "expect", expect.filled === undefined ? expect : { ...expect, filled: expect.filled.map(renamed) });
  addIfChanged(changes, definition, "tellApartBy", tellApartBy?.map(renamed));
  addIfChanged(
    changes,
    definition,
    "ignored",
    ignored.filter((field) => field !== to),
  );
  return changes;
}

function addIfChanged(changes: Record<string, unknown>, definition: Renamed, key: keyof Renamed, value: unknown): void {
  if (value !== undefined && JSON.stringify(value) !== JSON.stringify(definition[key])) changes[key] = value;
}

/** Renames paths in expressions (`{ kind: "field", path }`) and conditions (`{ field: … }`), but not in constants. */
function withPaths(value: unknown, renamed: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((member) => withPaths(member, renamed));
  if (typeof value !== "object" || value === null) return value;
  const { kind } = value as { kind?: unknown };
  if (kind === "constant") return value;
  if (kind === "field") return { ...value, path: renamed((value as { path?: string }).path ?? "") };
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "field" && typeof member === "string" ? renamed(member) : withPaths(member, renamed),
    ]),
  );
}
