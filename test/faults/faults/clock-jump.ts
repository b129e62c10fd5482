import { rename, writeFile } from "node:fs/promises";
import type { Fault } from "../fault.ts";

/** The clock jumps by two hours. */
export const clockJump: Fault = {
  name: "clock-jump",
  words: "the worker's clock jumps by two hours, alternately forward and back",
  tries: 5,
  setsClock: true,
  async strike({ clockFile, turn }) {
    // Replaces the file at once: a worker that reads a half-written one ends.
    await writeFile(`${clockFile}.new`, turn % 2 === 0 ? "+7200" : "-7200");
    await rename(`${clockFile}.new`, clockFile);
  },
};
