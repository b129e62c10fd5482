import { type SampleLimits, SampleThread } from "../sample/sample-thread.ts";
import type { CheckAnswer, CheckAsk } from "./check-ask.ts";

/** A thread that reads files of whoever has one checked. */
export type CheckThread = SampleThread<CheckAsk, CheckAnswer>;

/** With what a form and a fetch may take before it, a minute in all; see `longestCheckMs`. */
const usual: SampleLimits = { longestMs: 35_000, mostMb: 512, mostWaiting: 3 };

/** A thread of its own: a bad file of somebody who has no account costs nobody of ours a look. */
export function checkThread(limits: SampleLimits = usual): CheckThread {
  return new SampleThread<CheckAsk, CheckAnswer>(limits, new URL("./check-worker.ts", import.meta.url));
}
