import type { Fault } from "../fault.ts";

/** A machine that disappears without closing connections: SIGSTOP for ever. */
export const freeze: Fault = {
  name: "freeze",
  words: "SIGSTOP of the worker for good, like a machine that is lost with its connections open",
  tries: 20,
  losesVictim: true,
  async strike({ victim }) {
    victim.signal("SIGSTOP");
  },
};
