import { expect, it } from "vitest";
import { changeContent } from "../../src/registry/change-content.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { renamePath } from "../../src/registry/rename-path.ts";
import { soundDefinition } from "../support/connector-folder.ts";

const text = (path: string) => ({ kind: "text", of: { kind: "field", path } });
const none = { definition: null, changes: {}, terms: {} };

function connectorOf(changes: Readonly<Record<string, unknown>> = {}) {
  const checked = checkConnector(soundDefinition(changes));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.connector;
}

it("for a connector with a file, only differences from the file are stored", () => {
  const file = connectorOf({ schedule: "0 4 * * *" });
  const first = changeContent(none, file, { schedule: "0 5 * * *", fields: { name: text("intitule"), targetedAudiences: null } });
  expect(first.changes).toEqual({ schedule: "0 5 * * *", fields: { name: text("intitule"), targetedAudiences: null } });
  const second = changeContent(first, file, { schedule: "0 4 * * *", fields: { name: text("titre") } });
  expect(second.changes).toEqual({ fields: { targetedAudiences: null } });
  const third = changeContent(second, file, { fields: { targetedAudiences: file.fields.targetedAudiences } });
  expect(third.changes).toEqual({});
  expect(changeContent(none, file, { because: null, fields: { startDate: null } }).changes).toEqual({});
});

it("for a connector without a file, the whole definition is stored", () => {
  const content = { definition: soundDefinition({ schedule: "0 4 * * *" }), changes: {}, terms: { categories: { Eau: ["eau-potable"] } } };
  const changed = changeContent(content, null, { schedule: null, fields: { name: text("intitule"), targetedAudiences: null } });
  expect(changed.definition).toEqual({
    ...soundDefinition(),
    fields: { externalId: { kind: "identifier", of: { kind: "field", path: "id" } }, name: text("intitule") },
  });
  expect(changed.terms).toEqual(content.terms);
});

it("a renamed field is renamed in rules, conditions and lists, but not in constants", () => {
  const file = connectorOf({
    keepWhen: { all: [{ field: "statut", isFilled: true }, { not: { field: "geo.statut", isOneOf: ["statut"] } }] },
    expect: { filled: ["statut", "titre"] },
    ignored: ["etat"],
    fields: {
      externalId: { kind: "identifier", of: { kind: "field", path: "id" } },
      name: {
        kind: "text",
        of: {
          kind: "firstOf",
          of: [
            { kind: "field", path: "statut.libelle" },
            { kind: "field", path: "statuts" },
          ],
        },
      },
      recurrence: {
        kind: "choose",
        cases: [{ when: { field: "statut", isFilled: true }, use: { kind: "constant", value: "oneoff" } }],
      },
    },
  });
  expect(renamePath(file, "statut", "etat")).toEqual({
    keepWhen: { all: [{ field: "etat", isFilled: true }, { not: { field: "geo.statut", isOneOf: ["statut"] } }] },
    expect: { filled: ["etat", "titre"] },
    ignored: [],
    fields: {
      name: {
        kind: "text",
        of: {
          kind: "firstOf",
          of: [
            { kind: "field", path: "etat.libelle" },
            { kind: "field", path: "statuts" },
          ],
        },
      },
      recurrence: { kind: "choose", cases: [{ when: { field: "etat", isFilled: true }, use: { kind: "constant", value: "oneoff" } }] },
    },
  });
  expect(renamePath(file, "nulle-part", "etat")).toEqual({ ignored: [] });
});
