import { describe, expect, it, onTestFinished } from "vitest";
import type { JobEnd, NewJob, RunQueue } from "../../../src/jobs/queue/run-queue.ts";
import { type TestedQueue, testedQueues } from "../../support/queues.ts";
import { until } from "../../support/until.ts";

const now = { afterMs: 0, rank: "usual" } as const;
const later = { afterMs: 3_600_000, rank: "usual" } as const;
const jobOf = (runId: string, place: Pick<NewJob, "afterMs" | "rank"> = now) => ({ runId, connector: `connector of ${runId}`, ...place });

function opened(tested: TestedQueue): RunQueue {
  const queue = tested.make();
  onTestFinished(() => queue.drop());
  return queue.open();
}

/** Work that lasts until `end` is called. */
function unfinished() {
  let end: () => void = () => undefined;
  const ended = new Promise<JobEnd>((resolve) => {
    end = () => resolve("done");
  });
  return { ended, end };
}

/** A worker that notes the jobs that it begins, and does each in its turn. */
function workOn(queue: RunQueue, atOnce: number, work: (runId: string) => Promise<JobEnd>) {
  const begun: string[] = [];
  const givenUp: string[] = [];
  const working = queue.work({
    atOnce,
    lockSeconds: 30,
    work: ({ runId, connector }) => {
      expect(connector).toBe(jobOf(runId).connector);
      begun.push(runId);
      return work(runId);
    },
    onGivenUp: (runId, error) => void givenUp.push(`${runId}: ${error.message}`),
    onTrouble: () => undefined,
  });
  onTestFinished(() => working.stop());
  return { begun, givenUp, working };
}

for (const tested of testedQueues) {
  describe.skipIf(tested.skipped)(`a queue of runs, ${tested.title}`, () => {
    it("counts waiting, delayed and active jobs", async () => {
      const queue = opened(tested);
      expect(await queue.depth()).toEqual({ waiting: 0, active: 0, delayed: 0 });
      await queue.put([jobOf("a")]);
      await queue.put([jobOf("b", { ...now, rank: "first" })]);
      await queue.put([jobOf("c", later)]);
      expect(await queue.depth()).toEqual({ waiting: 2, active: 0, delayed: 1 });
      await queue.put([jobOf("d", later)]);
      await queue.hurry("c");
      expect(await queue.depth()).toEqual({ waiting: 3, active: 0, delayed: 1 });
      const { ended, end } = unfinished();
      const { begun } = workOn(queue, 1, () => ended);
      await until("a job begins", () => begun.length === 1);
      expect(await queue.depth()).toEqual({ waiting: 2, active: 1, delayed: 1 });
      end();
      await until("the jobs end", async () => (await queue.depth()).waiting + (await queue.depth()).active === 0);
      expect(await queue.depth()).toEqual({ waiting: 0, active: 0, delayed: 1 });
    });

    it("gives each job once: the first ones, the usual ones in order, then the last ones, never more at once than asked", async () => {
      const queue = opened(tested);
      await queue.put([jobOf("z", { ...now, rank: "last" }), ...["a", "b", "a"].map((runId) => jobOf(runId))]);
      await queue.put([jobOf("c", { ...now, rank: "first" })]);
      let atOnce = 0;
      let most = 0;
      const { begun } = workOn(queue, 1, async () => {
        most = Math.max(most, ++atOnce);
        await queue.depth();
        atOnce--;
        return "done";
      });
      await until("all jobs end", async () => begun.length >= 4 && (await queue.depth()).active === 0);
      expect(begun).toEqual(["c", "a", "b", "z"]);
      expect(most).toBe(1);
    });

    it("takes ten thousand jobs at once, and moves any of them to the front, also a delayed one", async () => {
      const queue = opened(tested);
      const many = Array.from({ length: 10_000 }, (_, number) => jobOf(`n${number}`));
      await queue.put([...many, jobOf("delayed", later), jobOf("last", { ...now, rank: "last" })]);
      for (const runId of ["n7368", "delayed", "last"]) await queue.moveToFront(runId);
      await queue.moveToFront("unknown");
      const { begun, working } = workOn(queue, 1, async () => "done");
      await until("four jobs begin", () => begun.length >= 4);
      await working.stop();
      expect(begun.slice(0, 4)).toEqual(["n7368", "delayed", "last", "n0"]);
    });

    it("knows the jobs that it has, and can remove one that has not begun", async () => {
      const queue = opened(tested);
      await queue.put([jobOf("a")]);
      await queue.put([jobOf("b", later)]);
      expect(await queue.missing(["a", "b", "c"])).toEqual(["c"]);
      await queue.remove("b");
      const { ended, end } = unfinished();
      const { begun } = workOn(queue, 1, () => ended);
      await until("the job begins", () => begun.length === 1);
      expect(await queue.missing(["a", "b"])).toEqual(["b"]);
      end();
      await until("the job is gone", async () => (await queue.missing(["a"])).length === 1);
    });

    it("gives a job again after the time that its work asks for, and reports work that throws", async () => {
      const queue = opened(tested);
      await queue.put([jobOf("a")]);
      await queue.put([jobOf("b")]);
      let tries = 0;
      const { begun, givenUp } = workOn(queue, 2, async (runId) => {
        if (runId === "b") throw new Error("no");
        return ++tries === 1 ? { againAfterMs: 50 } : "done";
      });
      await until("both jobs are gone", async () => givenUp.length > 0 && (await queue.missing(["a", "b"])).length === 2);
      expect(begun.toSorted()).toEqual(["a", "a", "b"]);
      expect(givenUp).toEqual(["b: no"]);
    });

    it("starts no job after a stop, which waits for the active one", async () => {
      const queue = opened(tested);
      await queue.put([jobOf("a")]);
      const { ended, end } = unfinished();
      const { begun, working } = workOn(queue, 1, () => ended);
      await until("the job begins", () => begun.length === 1);
      let isStopped = false;
      const stopped = working.stop().then(() => {
        isStopped = true;
      });
      await queue.put([jobOf("b")]);
      expect(isStopped).toBe(false);
      end();
      await stopped;
      expect(begun).toEqual(["a"]);
      expect(await queue.missing(["a", "b"])).toEqual(["a"]);
    });
  });
}
