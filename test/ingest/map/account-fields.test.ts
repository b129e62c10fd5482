import { describe, expect, it } from "vitest";
import { fieldsNeverSeen, readFields, unreadFields } from "../../../src/ingest/map/account-fields.ts";
import type { Connector, ConnectorInput } from "../../../src/kit/definition.ts";
import { field, firstOf, join, json, labelled, literal, section, split, when } from "../../../src/kit/expressions/expression.ts";
import { choose } from "../../../src/kit/field-rules.ts";
import { computed, constant } from "../../../src/kit/rules/constant.ts";
import { date } from "../../../src/kit/rules/date.ts";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import { organisations } from "../../../src/kit/rules/organisations.ts";
import { terms } from "../../../src/kit/rules/terms.ts";
import { html, text } from "../../../src/kit/rules/texts.ts";
import { compiledConnector } from "../../support/sound-connector.ts";

function connector(changes: Partial<ConnectorInput>): Connector {
  return compiledConnector(changes).connector;
}
const base = { externalId: identifier("id"), name: text("titre") };

describe("every field of the feed is either read or reported as unread", () => {
  it("reads fields of rules, conditions, expectations, and of titles", () => {
    const reading = connector({
      keepWhen: [{ when: { all: [{ field: "etat", isOneOf: ["x"] }, { not: { field: "archive", isFilled: true } }] } }],
      tellApartBy: ["identifier", "id"],
      expect: { filled: ["resume"] },
      fields: {
        ...base,
        description: html(join([section("corps", { from: "A" }), labelled("Public : ", "public"), literal("fin")])),
        eligibility: html(firstOf(when({ field: "kind", isOneOf: ["b"] }, "criteres"), "conditions")),
        categories: terms(split("tags[].title", ";"), "categories"),
        financers: organisations(json("porteurs", { path: "[]" }), { name: "nom" }),
        recurrence: choose([{ when: { field: "fin", isFilled: true }, use: constant("oneoff" as const) }], constant("ongoing" as const)),
        startDate: computed("first", { why: "because this is a test of what it reads", reads: ["debut.jour"] }, () => null),
      },
    });
    const expected = "archive conditions corps criteres debut etat fin id identifier kind porteurs public resume tags titre".split(" ");
    const read = readFields(reading);
    for (const name of expected) expect(read.has(name), name).toBe(true);
    expect([...read].filter((name) => !expected.includes(name)).sort()).toEqual(["debut.jour", "tags[].title"]);
  });

  it("reports unread fields in the feed's order", () => {
    const reading = connector({ ignored: ["maj"], fields: { ...base, startDate: date("couverture.debut", ["iso"]) } });
    expect(unreadFields(reading, ["zeta", "id", "titre", "maj", "couverture", "alpha"])).toEqual(["zeta", "alpha"]);
  });

  it("reads a key that contains a dot", () => {
    const reading = connector({ fields: { ...base, shortTitle: text("Nom. court") } });
    expect(unreadFields(reading, ["id", "titre", "Nom. court"])).toEqual([]);
  });

  it("2024-02-28, WelcomEurope's banner_cheapeau: a field that no record has is reported", () => {
    const reading = connector({ fields: { ...base, description: html("banner_cheapeau"), shortTitle: text(field("infos.reference")) } });
    expect(fieldsNeverSeen(reading, new Set(["id", "titre", "banner_chapeau", "infos"]))).toEqual(["banner_cheapeau"]);
  });
});
