import { expect, test } from "vitest";
import { feedCleaner } from "../../src/catalogue/forgetting/feed-cleaner.ts";
import { personTrace } from "../../src/privacy/person-trace.ts";

const environment = { MOISSON_SECRET: "a key of the tests" };
const held = (traces: readonly ReturnType<typeof personTrace>[]) => ({ traces: async () => [...traces] });
const her = personTrace({ kind: "name", normalised: "claire dupont" }, environment.MOISSON_SECRET);

async function* bytesOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

test("a run has no cleaner if nobody was forgotten", async () => {
  expect(await feedCleaner(held([]), {})).toBeNull();
});

test("a run reads its feed without her, and finds the files that name her", async () => {
  const cleaner = await feedCleaner(held([her]), environment);
  const record = { titre: "Une aide", contact: "Claire Dupont" };
  const clean = { titre: "Une aide" };
  expect(cleaner?.clean(record)).toEqual({ titre: "Une aide", contact: "[effacé]" });
  expect(cleaner?.clean(clean)).toBe(clean);
  expect(await cleaner?.isIn(bytesOf('{"contact": "Cla', 'ire Dupont"}'))).toBe(true);
  expect(await cleaner?.isIn(bytesOf('{"contact": "Anne Dupont"}'))).toBe(false);
});
