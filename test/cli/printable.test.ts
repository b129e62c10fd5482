import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { printable } from "../../src/cli/printable.ts";

describe("publishers' words on a terminal", () => {
  it.each([
    ["a screen that is wiped", "\u001b[2J\u001b[H", "\\u001b[2J\\u001b[H"],
    ["a window's title", "\u001b]0;titre\u0007", "\\u001b]0;titre\\u0007"],
    ["a line written over", "refusé\rvalide", "refusé\\u000dvalide"],
    ["a text turned round", "\u202egpj.exe", "\\u202egpj.exe"],
    ["the one-byte form of an escape", "\u009b2J", "\\u009b2J"],
    ["text that is not shown", "\u001b[8mcaché", "\\u001b[8mcaché"],
    ["accents, emoji, line breaks, tabs", "é 👩‍🌾\n\tà", "é 👩‍🌾\n\tà"],
  ])("%s", (_name, written, shown) => {
    expect(printable(written)).toBe(shown);
  });

  it("our own colours stay", () => {
    const { bold, red, yellow, green, dim } = pc.createColors(true);
    const line = `${bold("a")} ${red("b")} ${yellow("c")} ${green("d")} ${dim("e")}`;
    expect(printable(line)).toBe(line);
  });

  it("JSON stays the same JSON", () => {
    const report = { unreadFields: ["\u009b2J", "\u202ea", "\u001b[2J"] };
    expect(JSON.parse(printable(JSON.stringify(report, null, 2)))).toEqual(report);
  });
});
