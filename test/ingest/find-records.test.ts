import { describe, expect, it } from "vitest";
import { findRecords, type WantedRecords } from "../../src/ingest/find-records.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { partOf } from "../support/decode-bytes.ts";
import { lookupOf } from "../support/read-value.ts";
import { soundConnector } from "../support/sound-connector.ts";

const csv = "id;titre;etat\n1;Rénover l’École;ouvert\n2;Planter une haie;brouillon\n1;Rénover l’école, encore;ouvert\n4;Trop;de;cellules\n";

async function found(wanted: WantedRecords, limit = 10) {
  const changes: Partial<ConnectorInput> = {
    decode: { format: "csv" },
    keepWhen: [{ when: { field: "etat", isOneOf: ["ouvert"] }, reason: "a draft" }],
  };
  const checked = checkConnector(soundConnector(changes));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const records = await findRecords({ definition: checked.connector, terms: lookupOf({}) }, [partOf(csv)], wanted, limit);
  return records.map(({ locator, externalId, skipped, issues }) => [locator, externalId, skipped, ...issues.map(({ code }) => code)]);
}

describe("records of a stored feed", () => {
  it("are found by identifier, at each occurrence", async () => {
    expect(await found({ externalIds: new Set(["1"]) })).toEqual([
      ["row 2", "1", null],
      ["row 4", "1", null],
    ]);
    expect(await found({ externalIds: new Set(["1"]) }, 1)).toEqual([["row 2", "1", null]]);
    expect(await found({ externalIds: new Set(["9"]) })).toEqual([]);
  });

  it("are found by words, ignoring case, accents and punctuation, with the reason if skipped or broken", async () => {
    expect(await found({ words: "renover l ecole" })).toHaveLength(2);
    expect(await found({ words: "HAIE" })).toEqual([["row 3", "2", "a draft"]]);
    expect(await found({ words: "cellules" })).toEqual([["row 5", null, null, "too-many-cells"]]);
  });

  it("are found by position", async () => {
    expect(await found({ locator: "row 3" })).toEqual([["row 3", "2", "a draft"]]);
    expect(await found({ locator: "row 5" })).toEqual([["row 5", null, null, "too-many-cells"]]);
  });
});
