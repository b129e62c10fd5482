import type { Connector } from "../kit/definition.ts";
import type { ConnectorVersion, VersionContent } from "../model/run/connector-version.ts";
import { canonicalJson } from "../model/text/canonical.ts";

/**
 * A person's change of a definition: a new value for each changed top-level key and, under `fields`, a new rule for each changed field.
 * Null removes a key or a rule.
 */
export type DefinitionChange = Readonly<Record<string, unknown>>;

/**
 * Returns the content that a change starts from. `ofFile`: the connector of the file, or null; a file replaces a definition made in the
 * console. `version`: the newest version, or null.
 */
export function contentNow(ofFile: object | null, version: ConnectorVersion | null): VersionContent {
  const isOverFile = version !== null && (version.definition === null) === (ofFile !== null);
  if (!isOverFile) return { definition: null, changes: {}, terms: {} };
  const { definition, changes, terms } = version;
  return { definition, changes, terms };
}

/**
 * Applies a change to the content of a version. For a connector with a file, a version contains only the differences from the file, so a
 * reverted change leaves nothing. `ofFile`: definition of the file, or null.
 */
export function changeContent(content: VersionContent, ofFile: Connector | null, change: DefinitionChange): VersionContent {
  if (ofFile === null) return { ...content, definition: withChanges(content.definition ?? {}, change) };
  const { fields: fieldChange = {}, ...keyChange } = change;
  const { fields: fieldsBefore = {}, ...keysBefore } = content.changes;
  const keys = differing({ ...keysBefore, ...keyChange }, ofFile);
  const fields = differing({ ...(fieldsBefore as object), ...(fieldChange as object) }, ofFile.fields);
  return { definition: null, changes: Object.keys(fields).length === 0 ? keys : { ...keys, fields }, terms: content.terms };
}

/** Applies a change to a definition. */
export function withChanges(definition: object, { fields, ...keys }: DefinitionChange): Record<string, unknown> {
  const base = definition as Readonly<Record<string, unknown>>;
  const changed = patched(base, keys);
  return fields === undefined ? changed : { ...changed, fields: patched(base.fields as object, fields as object) };
}

function patched(base: object, changes: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...base, ...changes }).filter(([, value]) => value !== null));
}

/** Returns the changes that differ from the base. */
function differing(changes: object, base: object): Record<string, unknown> {
  const before = base as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => (value === null ? before[key] !== undefined : !isSame(value, before[key]))),
  );
}

function isSame(value: unknown, before: unknown): boolean {
  return before !== undefined && canonicalJson(value) === canonicalJson(before);
}
