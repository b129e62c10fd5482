import { beforeAll, describe } from "vitest";
import { newCatalogue } from "../support/catalogues.ts";
import { type TestedQueue, testedQueues } from "../support/queues.ts";

/** The same tests on every queue. */
export function onEveryQueue(what: string, tests: (tested: TestedQueue) => void): void {
  for (const tested of testedQueues) {
    describe.skipIf(tested.skipped)(`${what}, ${tested.title}`, () => {
      // An embedded database takes seconds to start, many where the machine is busy: not within the time of a test.
      beforeAll(async () => {
        await (await newCatalogue(tested.database)).drop();
      });
      tests(tested);
    });
  }
}
