import { describe, expect, it } from "vitest";
import { untilWhen } from "../../../../src/publish/api/search-page/found-aid.tsx";

const open = { start_date: null, submission_deadline: null, open_until: "permanent" as const };

describe("until when an aid is open", () => {
  it.each([
    ["an aid whose publisher says that it is permanent", open, "toute l’année"],
    ["an aid that we only take for permanent", { ...open, open_until: "unannounced" as const }, "sans date limite annoncée"],
    ["a call without a deadline", { ...open, open_until: "to-check" as const }, "dates à vérifier auprès du producteur"],
    ["an aid of which nothing is known", { ...open, open_until: "unstated" as const }, "non précisé par le producteur"],
    ["a deadline", { ...open, submission_deadline: "2027-03-01" }, "jusqu’au 1er mars 2027"],
    [
      "an opening and a deadline",
      { ...open, start_date: "2027-01-15", submission_deadline: "2027-03-31" },
      "du 15 janvier 2027 au 31 mars 2027",
    ],
    [
      "an opening without a deadline",
      { ...open, start_date: "2027-01-15", open_until: "unannounced" as const },
      "à partir du 15 janvier 2027, sans date limite annoncée",
    ],
  ])("%s: %j", (_, record, said) => expect(untilWhen(record)).toBe(said));
});
