import { createHash } from "node:crypto";
import type { Connector } from "../kit/definition.ts";
import type { Rule } from "../kit/field-rules.ts";
import type { TermFileName } from "../kit/rules/rule-context.ts";
import { plainRulesOf } from "../kit/rules/rule-paths.ts";
import { canonicalJson } from "../model/text/canonical.ts";

function termFilesUsed(connector: Connector): Set<TermFileName> {
  const used = new Set<TermFileName>();
  for (const rule of plainRulesIn(connector)) {
    if (rule.kind === "terms") used.add(rule.vocabulary);
    if (rule.kind === "organisations") used.add("financers");
    if (rule.kind === "perimeters" && rule.written !== "code") used.add("perimeters");
  }
  return used;
}

/**
 * Returns a hash that changes whenever the same feed may give other aids. It covers the definition, the source of its functions, and the
 * term files used. If there are functions, it also covers the connector's whole file, because they may use other code of it.
 */
export function connectorFingerprint(
  connector: Connector,
  termContents: ReadonlyMap<TermFileName, readonly Uint8Array[]>,
  source: Uint8Array | null,
): string {
  const hash = createHash("sha256").update(canonicalJson(withSources(connector)));
  if (source !== null && plainRulesIn(connector).some((rule) => rule.kind === "computed")) hash.update("\u0000source\u0000").update(source);
  for (const file of [...termFilesUsed(connector)].sort()) {
    for (const content of termContents.get(file) ?? []) hash.update(`\u0000${file}\u0000`).update(content);
  }
  return hash.digest("base64url").slice(0, 22);
}

function plainRulesIn(connector: Connector): Exclude<Rule, { kind: "choose" }>[] {
  return (Object.values(connector.fields) as Rule[]).flatMap(plainRulesOf);
}

/** Replaces functions by their source, because JSON omits functions. */
function withSources(value: unknown): unknown {
  if (typeof value === "function") return String(value);
  if (Array.isArray(value)) return value.map(withSources);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withSources(member)]));
}
