import { createHash } from "node:crypto";
import type { Connector } from "../kit/definition.ts";
import { withoutFunctions } from "../kit/definition-functions.ts";
import type { Rule } from "../kit/field-rules.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import type { TermFileName } from "../kit/rules/rule-context.ts";
import { plainRulesOf, rulesOf } from "../kit/rules/rule-paths.ts";
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
  const hash = createHash("sha256").update(canonicalJson(withoutFunctions(connector, String)));
  if (source !== null && plainRulesIn(connector).some((rule) => rule.kind === "computed")) hash.update("\u0000source\u0000").update(source);
  for (const file of [...termFilesUsed(connector)].sort()) {
    for (const content of termContents.get(file) ?? []) hash.update(`\u0000${file}\u0000`).update(content);
  }
  return hash.digest("base64url").slice(0, 22);
}

function plainRulesIn(connector: Connector): Exclude<Rule, { kind: "choose" }>[] {
  return rulesOf(connector).flatMap(([, rule]) => plainRulesOf(rule));
}

/** Adds the fingerprint, computed when it is needed: most processes need that of the few connectors that they run. */
export function withFingerprint(connector: Omit<LoadedConnector, "fingerprint">, compute: () => string): LoadedConnector {
  let known: string | undefined;
  return {
    ...connector,
    get fingerprint() {
      known ??= compute();
      return known;
    },
  };
}
