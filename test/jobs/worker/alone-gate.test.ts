import { expect, it } from "vitest";
import { AloneGate } from "../../../src/jobs/worker/alone-gate.ts";
import { until } from "../../support/until.ts";

/** Passes a run through the gate. `end` ends it. */
function runOf(gate: AloneGate, name: string, alone: boolean, began: string[]) {
  let end: () => void = () => undefined;
  const work = new Promise<void>((resolve) => {
    end = resolve;
  });
  const ended = gate.pass(alone, async () => {
    began.push(name);
    await work;
  });
  return { end, ended };
}

it("begins runs in their order, and one that must run alone after the earlier ones and before the later ones", async () => {
  const gate = new AloneGate();
  const began: string[] = [];
  const [a, b, alone, c, alone2] = [
    runOf(gate, "a", false, began),
    runOf(gate, "b", false, began),
    runOf(gate, "alone", true, began),
    runOf(gate, "c", false, began),
    runOf(gate, "alone 2", true, began),
  ];
  await until("the first two begin", () => began.length === 2);
  a.end();
  await a.ended;
  expect(began).toEqual(["a", "b"]);
  b.end();
  await until("the first alone begins", () => began.length === 3);
  alone.end();
  await until("the next one begins", () => began.length === 4);
  c.end();
  await until("the second alone begins", () => began.length === 5);
  alone2.end();
  await alone2.ended;
  expect(began).toEqual(["a", "b", "alone", "c", "alone 2"]);
});

it("goes on after a run that fails", async () => {
  const gate = new AloneGate();
  await expect(gate.pass(true, async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await gate.pass(false, async () => "begun")).toBe("begun");
});
