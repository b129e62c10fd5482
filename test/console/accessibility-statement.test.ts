import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ownCatalogue } from "../support/catalogues.ts";
import { testConsole } from "../support/console-client.ts";
import { projectRoot } from "../support/loaded-connectors.ts";

/** Number of criteria of each of the 13 themes of the RGAA 4.1. */
const criteria = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

/** Returns the result of each criterion in the grid: `4.1 to 4.13` are thirteen of them. */
function resultsIn(grid: string): [criterion: string, result: string][] {
  const lines = grid.matchAll(/^(?:\| )?(\d+\.\d+(?:(?:, | to )\d+\.\d+)*)(?: [^|\n]*\| |: )(C|NC|NA)\b/gm);
  return [...lines].flatMap(([, named = "", result = ""]) =>
    named.split(", ").flatMap((range) => {
      const [theme, first = 0, last = first] = range.split(/ to \d+\.|\./);
      return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at): [string, string] => [
        `${theme}.${Number(first) + at}`,
        result,
      ]);
    }),
  );
}

it("the grid contains each criterion once, and the statement has its counts", async () => {
  const grid = await readFile(join(projectRoot, "docs/accessibility.md"), "utf8");
  const results = resultsIn(grid);
  const all = criteria.flatMap((count, theme) => Array.from({ length: count }, (_, at) => `${theme + 1}.${at + 1}`));
  expect(results.map(([criterion]) => criterion).sort()).toEqual([...all].sort());
  const [conforming, failing, notApplicable] = ["C", "NC", "NA"].map((wanted) => results.filter(([, result]) => result === wanted).length);
  expect(grid).toContain(`| C | NC | NA |\n| --- | --- | --- |\n| ${conforming} | ${failing} | ${notApplicable} |`);
  const { html } = await (await testConsole(await ownCatalogue()).as("nobody")).get("/accessibilite");
  const words = html.replace(/&nbsp;|\s+/g, " ");
  expect(words).toContain(`Conformes : ${conforming}. Non conformes : ${failing}. Non applicables : ${notApplicable}.`);
});
