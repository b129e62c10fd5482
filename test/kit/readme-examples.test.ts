import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../src/kit/field-rules.ts";
import * as kit from "../../src/kit/index.ts";
import { readValue } from "../support/read-value.ts";

const readme = readFileSync(new URL("../../connectors/README.md", import.meta.url), "utf8");

/** Returns the rows of the tables `rule | record | result | issue`; `\|` is a bar inside a cell. */
function examplesOf(text: string): { rule: string; record: string; result: string; issue: string }[] {
  const tables = text.split(/\n(?!\|)/).filter((block) => /^\| rule +\|/m.test(block));
  const rows = tables.flatMap((block) => block.split("\n").filter((line) => line.startsWith("| `")));
  return rows.map((row) => {
    const [, rule = "", record = "", result = "", issue = ""] = row
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replace(/^`|`$/g, "").replaceAll("\\|", "|"));
    return { rule, record, result, issue };
  });
}

const examples = examplesOf(readme);

/** Returns true if the table of platforms has this factory. */
function isDocumentedPlatform(name: string): boolean {
  return new RegExp(`^\\| [^|]*\`${name}\``, "m").test(readme);
}

describe("every example of connectors/README.md is correct", () => {
  it("there are examples", () => {
    expect(examples.length).toBeGreaterThan(50);
  });

  it.each(examples)("$rule of $record", ({ rule, record, result, issue }) => {
    const build = new Function(...Object.keys(kit), `return ${rule};`) as (...builders: unknown[]) => Rule;
    const { value, codes } = readValue(build(...Object.values(kit)), JSON.parse(record) as Record<string, unknown>);
    expect({ value, codes }).toEqual({ value: JSON.parse(result) as unknown, codes: issue === "" ? [] : [issue] });
  });

  it("every function of the kit has an example", () => {
    const shown = examples.map(({ rule }) => rule).join("\n");
    const withoutExample = Object.keys(kit).filter((name) => !new RegExp(`\\b${name}\\(`).test(shown));
    // The text, not a table, describes factories of whole connectors and custom functions. field(path) is the long form of a path; HTML has
    // its own tests.
    const documentedElsewhere = ["defineConnector", "computed", "field", "markdown", "plainText"];
    expect(withoutExample.filter((name) => !documentedElsewhere.includes(name) && !isDocumentedPlatform(name))).toEqual([]);
  });
});
