import { describe, expect, it } from "vitest";
import { cleanMarkdown } from "../../src/kit/values/html/markdown-to-html.ts";

describe("Markdown that attacks the parser", () => {
  it.each([
    ["quotes in quotes (they overflowed the stack)", "> ".repeat(100_000)],
    ["lists in lists (they overflowed the stack)", `${"- ".repeat(100_000)}x`],
    ["quotes in lists in quotes", "> - ".repeat(50_000)],
    ["emphasis that never ends (200 KB took 30 s)", "_a_".repeat(70_000)],
    ["bold that is never closed", "**a".repeat(70_000)],
    ["strokes", "~a~".repeat(70_000)],
    ["exclamation marks (200 KB took a minute)", "!".repeat(200_000)],
    ["commas behind an address", `http://a.fr/${",".repeat(200_000)}`],
    ["a name without end before an @", `${"a".repeat(100_000)}${"@".repeat(100_000)}`],
    ["blanks at the end of a line", `a${" ".repeat(1_000_000)}`],
    ["a list item of many lines (200 KB took 40 s)", `- a\n${"b\n".repeat(100_000)}`],
    ["links in links", "[".repeat(100_000) + "](x)".repeat(25_000)],
    ["indented lists", Array.from({ length: 500 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n")],
  ])("%s: parsed fast", (_name, bomb) => {
    const start = performance.now();
    expect(cleanMarkdown(bomb)).not.toBeNull();
    // An unbounded parser takes 30 seconds or overflows; a busy machine takes three for what an idle one does in a half.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("twenty levels are parsed; deeper levels keep their text", () => {
    expect(cleanMarkdown(`${"> ".repeat(3)}a`)).toBe(`${"<blockquote>".repeat(3)}<p>a</p>${"</blockquote>".repeat(3)}`);
    expect(cleanMarkdown(`${"> ".repeat(50)}fin`)).toContain("fin</p>");
  });

  it("a list item of two thousand lines keeps all of them", () => {
    const lines = Array.from({ length: 2000 }, (_, line) => `ligne ${line}`);
    const html = cleanMarkdown(`- début\n${lines.join("\n")}`) ?? "";
    expect(html.match(/ligne \d+/g)).toEqual(lines);
    expect(html).not.toContain("--");
  });

  it("a long paragraph with much emphasis is parsed; a paragraph of emphasis signs only stays text", () => {
    expect(cleanMarkdown("un **mot** de plus ".repeat(50))?.match(/<strong>mot<\/strong>/g)).toHaveLength(50);
    expect(cleanMarkdown("*a* ".repeat(5000))).toBe(`<p>${"*a* ".repeat(5000).trim()}</p>`);
  });
});
