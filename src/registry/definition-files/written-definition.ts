import { ConnectorDefinition } from "../../kit/definition.ts";
import { aidFields } from "../../model/aid/aid.ts";
import { canonicalJson } from "../../model/text/canonical.ts";

const nothing = { kind: "text", of: { kind: "field", path: "-" } };
/** Defaults, which a written definition omits. */
const silent = ConnectorDefinition.parse({
  id: "a",
  publisher: { name: "-", kind: "any", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
  feed: { urlFrom: "A" },
  decode: { format: "json" },
  fields: { externalId: { ...nothing, kind: "identifier" }, name: nothing },
}) as unknown as Readonly<Record<string, unknown>>;
const always = new Set(["id", "publisher", "feed", "decode", "fields"]);

/** Returns a definition as a person would write it: without defaults and in our key order, which a database does not keep. */
export function writtenDefinition(definition: object, ignored: readonly string[]): Readonly<Record<string, unknown>> {
  const all: [string, unknown][] = Object.entries({ ...definition, ignored: [...new Set(ignored)] });
  const said = all.filter(
    ([key, value]) =>
      value !== undefined && (always.has(key) || silent[key] === undefined || canonicalJson(value) !== canonicalJson(silent[key])),
  );
  const whole = Object.fromEntries(said) as Record<string, Record<string, unknown>>;
  return {
    ...whole,
    publisher: inOrder(whole.publisher ?? {}, ["name", "siren", "kind", "territory", "website", "licence", "agreement"]),
    fields: inOrder(whole.fields ?? {}, ["externalId", ...aidFields]),
  };
}

function inOrder(values: Readonly<Record<string, unknown>>, order: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}
