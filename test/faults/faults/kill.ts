import type { Fault } from "../fault.ts";

/** kill -9 of a worker. */
export const kill: Fault = {
  name: "kill",
  words: "kill -9 of the worker",
  tries: 20,
  losesVictim: true,
  async strike({ victim }) {
    victim.signal("SIGKILL");
    await victim.ended;
  },
};
