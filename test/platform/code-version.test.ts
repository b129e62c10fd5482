import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { fingerprintOfRooms } from "../../src/platform/code-version.ts";

it("changes with the code and with the data files that the code imports, and with no other file", () => {
  const folder = mkdtempSync(join(tmpdir(), "code-version-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const room = relative(fileURLToPath(new URL("../../src", import.meta.url)), folder);
  const fingerprintWith = (file: string, text: string): string => {
    writeFileSync(join(folder, file), text);
    return fingerprintOfRooms([room]);
  };
  const first = fingerprintWith("rule.ts", "1");
  const second = fingerprintWith("words.json", "[]");
  const third = fingerprintWith("words.json", '["mot"]');
  expect(new Set([first, second, third, fingerprintWith("rule.ts", "2")]).size).toBe(4);
  expect(fingerprintWith("rule.ts", "1")).toBe(third);
  expect(fingerprintWith("rule.d.ts", "1")).toBe(third);
});
