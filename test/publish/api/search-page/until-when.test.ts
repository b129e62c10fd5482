import { describe, expect, it } from "vitest";
import { untilWhen } from "../../../../src/publish/api/search-page/found-aid.tsx";

const open = { start_date: null, submission_deadline: null, recurrence: "Permanente", is_call_for_project: false };

describe("until when an aid is open", () => {
  it.each([
    ["a permanent aid", open, "toute l’année"],
    ["a call without a deadline", { ...open, is_call_for_project: true }, "date non précisée : demandez au contact"],
    ["an aid that is not permanent", { ...open, recurrence: "Récurrente" }, "date non précisée : demandez au contact"],
    ["a deadline", { ...open, submission_deadline: "2027-03-01" }, "jusqu’au 1er mars 2027"],
    [
      "an opening and a deadline",
      { ...open, start_date: "2027-01-15", submission_deadline: "2027-03-31" },
      "ouverte le 15 janvier 2027, jusqu’au 31 mars 2027",
    ],
  ])("%s: %j", (_, record, said) => expect(untilWhen(record)).toBe(said));
});
