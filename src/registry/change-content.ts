import type { Connector } from "../kit/definition.ts";
import type { VersionContent } from "../model/run/connector-version.ts";
import { canonicalJson } from "../model/text/canonical.ts";

/** A change by a person: keys of the definition, fields by name. Null removes a key or a field's rule. */
export type DefinitionChange = Readonly<Record<string, unknown>>;

/**
 * Applies a change to a version's content. For a connector with a file, only differences from the file are kept, so reverting a change
 * leaves nothing. `ofFile`: the file's definition, or null.
 */
export function changeContent(content: VersionContent, ofFile: Connector | null, change: DefinitionChange): VersionContent {
  if (ofFile === null) return { ...content, definition: wholeWith(content.definition ?? {}, change) };
  const { fields: fieldChange = {}, ...keyChange } = change;
  const { fields: fieldsBefore = {}, ...keysBefore } = content.changes;
  const keys = differing({ ...keysBefore, ...keyChange }, ofFile);
  const fields = differing({ ...(fieldsBefore as object), ...(fieldChange as object) }, ofFile.fields);
  return { definition: null, changes: Object.keys(fields).length === 0 ? keys : { ...keys, fields }, terms: content.terms };
}

function wholeWith(definition: Readonly<Record<string, unknown>>, { fields, ...keys }: DefinitionChange): Record<string, unknown> {
  const whole = withoutNull({ ...definition, ...keys });
  return fields === undefined ? whole : { ...whole, fields: withoutNull({ ...(definition.fields as object), ...(fields as object) }) };
}

function withoutNull(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function differing(changes: object, base: object): Record<string, unknown> {
  const held = base as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => (value === null ? held[key] !== undefined : !isSame(value, held[key]))),
  );
}

function isSame(value: unknown, held: unknown): boolean {
  return held !== undefined && canonicalJson(value) === canonicalJson(held);
}
