import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../src/connector-kit/field-rules.ts";
import * as kit from "../../src/connector-kit/index.ts";
import { readValue } from "../support/read-value.ts";

/** The rows of the README's tables `rule | record | gives | says`; `\|` is a bar inside a cell. */
function examplesOf(readme: string): { rule: string; record: string; gives: string; says: string }[] {
  const rows = readme.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) => {
    const [, rule = "", record = "", gives = "", says = ""] = row
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replace(/^`|`$/g, "").replaceAll("\\|", "|"));
    return { rule, record, gives, says };
  });
}

const examples = examplesOf(readFileSync(new URL("../../connectors/README.md", import.meta.url), "utf8"));

describe("every example of connectors/README.md is true", () => {
  it("there are examples", () => {
    expect(examples.length).toBeGreaterThan(50);
  });

  it.each(examples)("$rule of $record", ({ rule, record, gives, says }) => {
    const build = new Function(...Object.keys(kit), `return ${rule};`) as (...builders: unknown[]) => Rule;
    const { value, codes } = readValue(build(...Object.values(kit)), JSON.parse(record) as Record<string, unknown>);
    expect({ value, codes }).toEqual({ value: JSON.parse(gives) as unknown, codes: says === "" ? [] : [says] });
  });

  it("every builder of the kit has one", () => {
    const shown = examples.map(({ rule }) => rule).join("\n");
    const withoutExample = Object.keys(kit).filter((name) => !new RegExp(`\\b${name}\\(`).test(shown));
    // What makes a whole connector is shown in the text, a function of one's own too; field(path) is the long form of a path; HTML has its own tests.
    expect(
      withoutExample.filter((name) => !["defineConnector", "computed", "field", "markdown", "plainText", "manualTemplate"].includes(name)),
    ).toEqual([]);
  });
});
