import { expect, test } from "vitest";
import { forEachConcurrently } from "../../src/catalogue/runs/in-flight.ts";

test("an error of the values is thrown only after all started work has ended", async () => {
  const ended: number[] = [];
  async function* values() {
    yield 1;
    yield 2;
    throw new Error("EIO");
  }
  const work = async (value: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    ended.push(value);
  };
  await expect(forEachConcurrently(values(), 3, work)).rejects.toThrow("EIO");
  expect(ended).toEqual([1, 2]);
});
