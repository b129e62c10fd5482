import { beforeAll, describe } from "vitest";
import { newCatalogue } from "../support/catalogues.ts";
import { type TestedQueue, testedQueues } from "../support/queues.ts";

/** Runs the same tests on every queue. */
export function onEveryQueue(what: string, tests: (tested: TestedQueue) => void): void {
  for (const tested of testedQueues) {
    describe.skipIf(tested.skipped)(`${what}, ${tested.title}`, () => {
      // Starting an embedded database takes seconds, more on a busy machine, so it does not count in a test's timeout.
      beforeAll(async () => {
        await (await newCatalogue(tested.database)).drop();
      });
      tests(tested);
    });
  }
}
