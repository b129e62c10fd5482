import type { Fault } from "../fault.ts";

/** SIGSTOP, and SIGCONT when another worker has taken the run, or cannot. */
export const stop: Fault = {
  name: "stop",
  words: "SIGSTOP of the worker, SIGCONT once its run was taken over, or after 2.5 times the lock",
  tries: 20,
  async strike({ victim, lockSeconds, untilTakenOver }) {
    victim.signal("SIGSTOP");
    await untilTakenOver(lockSeconds * 2.5);
    victim.signal("SIGCONT");
  },
};
