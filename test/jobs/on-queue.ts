import { beforeAll, describe } from "vitest";
import { newCatalogue } from "../support/catalogues.ts";
import { inProcess, type TestedQueue, testedQueues } from "../support/queues.ts";

/**
 * Runs tests on one kind of queue, and in the long tests on every kind. All kinds keep the same contract
 * (`test/jobs/queue/run-queue.test.ts`), so one is enough every day: `inProcess`, or `onPostgresql` for several workers and for lost servers.
 * Without PostgreSQL it is `inProcess`.
 */
export function onQueue(usual: TestedQueue, what: string, tests: (tested: TestedQueue) => void): void {
  const queues = process.env.MOISSON_TEST_LONG === "yes" ? testedQueues : [usual.skipped ? inProcess : usual];
  for (const tested of queues) {
    describe.skipIf(tested.skipped)(`${what}, ${tested.title}`, () => {
      // Starting an embedded database takes seconds, more on a busy machine, so it does not count in a test's timeout.
      beforeAll(async () => {
        await (await newCatalogue(tested.database)).drop();
      });
      tests(tested);
    });
  }
}
