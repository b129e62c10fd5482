import { existsSync, writeFileSync } from "node:fs";

/** Where Debian has it. */
const library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

/** libfaketime is there: clocks can jump. */
export const canFakeClocks = existsSync(library);

/** Variables of a process whose clock goes by a file: seconds before or after the machine's, now none. Clocks that only go on are left alone. */
export function clockFrom(file: string): NodeJS.ProcessEnv {
  writeFileSync(file, "+0");
  return { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}
