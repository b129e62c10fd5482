import { expect, it } from "vitest";
import { LimitedThread } from "../../src/platform/limited-thread.ts";

it("starts threads as compiled before the tests, because the TypeScript hook takes three times as long", async () => {
  const module = new URL("../../src/jobs/radar/judge-thread.ts", import.meta.url);
  const thread = new LimitedThread(module, { timeoutMs: 60_000, maxMemoryMb: 512 });
  // An error of a thread has the addresses of its code.
  const failure = await thread.ask("judge" as never, undefined as never).catch((error: Error) => error.message);
  expect(failure).toMatch(/dist\/src\/jobs\/radar\/judge-thread\.js/);
});
