import { expect, it } from "vitest";
import { machineCard } from "../../src/console/pages/night/cards/machine-card.ts";
import { digestPage } from "../../src/french/digest/page.ts";
import { digestText } from "../../src/french/digest/text.ts";
import { machineFaultSentence, sicknessWords, whatToDo } from "../../src/french/machines.ts";
import { machineCauses } from "../../src/model/run/machine-cause.ts";
import type { MachineFault } from "../../src/model/run/machine-fault.ts";
import { fullDigest } from "../jobs/digest/made-digest.ts";

const fault = (changes: Partial<MachineFault> = {}): MachineFault => ({
  cause: "disk-full",
  place: "database",
  beganAt: "2026-11-25T00:10:00.000Z",
  endedAt: "2026-11-25T00:42:00.000Z",
  waited: 41,
  ...changes,
});
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

it.each([
  [fault(), "La base n’avait plus de place de 1 h 10 à 1 h 42 ; 41 collectes ont attendu."],
  [fault({ waited: 1 }), "La base n’avait plus de place de 1 h 10 à 1 h 42 ; 1 collecte a attendu."],
  [fault({ waited: 0, endedAt: "2026-11-25T00:10:20.000Z" }), "La base n’avait plus de place mercredi 25 novembre à 1 h 10."],
  [fault({ endedAt: null, waited: 2 }), "La base n’a plus de place depuis mercredi 25 novembre à 1 h 10 ; 2 collectes attendent."],
  [
    fault({ cause: "temporary-disk-full", place: "serveur-2", endedAt: "2026-11-26T00:42:00.000Z", waited: 0 }),
    "Sur serveur-2, le dossier temporaire était plein de mercredi 25 novembre à 1 h 10 à jeudi 26 novembre à 1 h 42.",
  ],
])("a fault of a machine is one sentence %#", (one, expected) => {
  expect(plain(machineFaultSentence(one))).toBe(expected);
});

it("every cause has its words, and says what to do", () => {
  for (const cause of machineCauses) expect([sicknessWords(cause), whatToDo(cause)]).not.toContain("");
});

it("the digest and the first page say a fault once, whatever the number of runs that waited", () => {
  const digest = fullDigest;
  const text = plain(digestText(digestPage({ ...digest, ops: { ...digest.ops, machineFaults: [fault()] } })));
  expect(text.split("La base n’avait plus de place de 1 h 10 à 1 h 42 ; 41 collectes ont attendu.")).toHaveLength(2);
  expect(text).toContain("Pannes de machines");
  const card = machineCard(fault());
  expect(plain(card.cause)).toContain("41 collectes ont attendu");
  expect(card.acts.map(({ href }) => href)).toEqual(["/travailleurs"]);
});
