import { existsSync, writeFileSync } from "node:fs";

/** Its path on Debian. */
const library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

/** True if libfaketime is installed, so that clocks can jump. */
export const canFakeClocks = existsSync(library);

/** Returns the variables of a process that reads its clock offset in seconds from a file, now 0. Monotonic clocks do not change. */
export function clockFrom(file: string): NodeJS.ProcessEnv {
  writeFileSync(file, "+0");
  return { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}
