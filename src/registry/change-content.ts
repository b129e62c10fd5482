import type { Connector } from "../kit/definition.ts";
import type { ConnectorVersion, VersionContent } from "../model/run/connector-version.ts";
import { canonicalJson } from "../model/text/canonical.ts";

/** A person's change of a definition: new values by top-level key and, under `fields`, new rules by field. Null removes. */
export type DefinitionChange = Readonly<Record<string, unknown>>;

/** Returns the content that a change starts from. `ofFile`: the file's connector, or null; it replaces a definition of the console. */
export function contentNow(ofFile: object | null, version: ConnectorVersion | null): VersionContent {
  const isOverFile = version !== null && (version.definition === null) === (ofFile !== null);
  if (!isOverFile) return { definition: null, changes: {}, terms: {} };
  const { definition, changes, terms } = version;
  return { definition, changes, terms };
}

/** Applies a change to a version, which contains only differences from the file's definition `ofFile`, if there is one. */
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

/** Returns the change that turns one definition into another. */
export function changeBetween({ fields: fieldsFrom, ...from }: Fielded, { fields: fieldsTo, ...to }: Fielded): DefinitionChange {
  const fields = patchBetween(fieldsFrom ?? {}, fieldsTo ?? {});
  return { ...patchBetween(from, to), ...(Object.keys(fields).length > 0 && { fields }) };
}

type Fielded = { readonly fields?: object };

function patchBetween(from: object, to: object): Record<string, unknown> {
  const gone = Object.keys(from).filter((key) => (to as Readonly<Record<string, unknown>>)[key] === undefined);
  return { ...Object.fromEntries(gone.map((key) => [key, null])), ...differing(to, from) };
}

/** Applies a second change after a first one. */
export function changesInOrder(
  { fields: first, ...before }: DefinitionChange,
  { fields: second, ...after }: DefinitionChange,
): DefinitionChange {
  const fields = { ...(first as object | undefined), ...(second as object | undefined) };
  return { ...before, ...after, ...(Object.keys(fields).length > 0 && { fields }) };
}

function patched(base: object, changes: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...base, ...changes }).filter(([, value]) => value !== null));
}

function differing(changes: object, base: object): Record<string, unknown> {
  const before = base as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => (value === null ? before[key] !== undefined : !isSame(value, before[key]))),
  );
}

function isSame(value: unknown, before: unknown): boolean {
  if (value === undefined) return before === undefined;
  return before !== undefined && canonicalJson(value) === canonicalJson(before);
}
