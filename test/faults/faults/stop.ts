import type { Fault } from "../fault.ts";

/** SIGSTOP, then SIGCONT when another worker has taken the run, or cannot take it. */
export const stop: Fault = {
  name: "stop",
  words: "SIGSTOP of the worker, then SIGCONT when another worker has taken its run over, or after 2.5 times the lock time",
  tries: 20,
  async strike({ victim, lockSeconds, untilTakenOver }) {
    victim.signal("SIGSTOP");
    await untilTakenOver(lockSeconds * 2.5);
    victim.signal("SIGCONT");
  },
};
