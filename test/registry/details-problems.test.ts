import { expect, it } from "vitest";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { soundDefinition } from "../support/connector-folder.ts";

function problemsOf(details: Record<string, unknown>): unknown {
  const checked = checkConnector(soundDefinition({ details: { url: "lien", ...details } }));
  return "problems" in checked ? checked.problems.map(({ key }) => key) : [];
}

it.each([
  [{ read: { headings: { objectifs: "Objectifs" } }, required: ["objectifs"] }, []],
  [{ read: {} }, ["details.read"]],
  [{ read: { values: { texte: "html(.a[)" } } }, ["details.read.values.texte"]],
  [{ read: { values: { texte: ".a" }, within: "main[" } }, ["details.read.within"]],
  [{ read: { values: { texte: ".a" } }, required: ["text"] }, ["details.required"]],
  [{ read: { values: { texte: ".a" } }, override: ["titre"] }, ["details.override"]],
  // The identifier would be lost with the page.
  [{ read: { values: { id: ".numero" } } }, ["fields.externalId"]],
])("%j has problems at %j", (details, keys) => {
  expect(problemsOf(details)).toEqual(keys);
});
