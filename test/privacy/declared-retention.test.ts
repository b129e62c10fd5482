import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { personalTables } from "../../src/catalogue/forgetting/find-people.ts";
import { defaultRetention, keptKinds } from "../../src/model/run/retention.ts";
import { newCatalogue, testDatabase } from "../support/catalogues.ts";
import { projectRoot } from "../support/loaded-connectors.ts";

const page = (name: string) => readFileSync(join(projectRoot, "docs", name), "utf8");
const codes = (text: string) => [...text.matchAll(/`([a-z_]+)`/g)].map(([, name = ""]) => name);

/** Reads the lists of docs/privacy.md: tables with their retention, and tables without people. */
function declared(): { readonly kept: ReadonlyMap<string, string>; readonly without: readonly string[] } {
  const section = page("privacy.md").split("## How long each table keeps people")[1] ?? "";
  const kept = new Map<string, string>();
  for (const line of section.split("\n").filter((one) => one.startsWith("| `"))) {
    const [, tables = "", , howLong = ""] = line.split("|");
    for (const table of codes(tables)) kept.set(table, howLong.trim());
  }
  return { kept, without: codes(/^No people: .*$/m.exec(section)?.[0] ?? "") };
}

it("every table of the catalogue has a declared retention, or is declared to contain no people", async () => {
  const catalogue = await newCatalogue(testDatabase);
  const tables = await catalogue.store.rows<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = ${catalogue.schema} and table_type = 'BASE TABLE'`);
  await catalogue.drop();
  const { kept, without } = declared();
  const names = tables.map(({ name }) => name).sort();
  expect([...kept.keys(), ...without].sort()).toEqual(names);
  expect([...kept].filter(([, howLong]) => howLong === "")).toEqual([]);
  // The tables in which `forget` searches for people.
  expect(personalTables.map(({ table }) => table).filter((table) => !kept.has(table))).toEqual([]);
});

it("docs/retention.md gives the number of days of each kind that is pruned", () => {
  const days = [...page("retention.md").matchAll(/^\| `([a-z]+)` +\|.*?\| +(\d+) +\|/gm)].map(([, kind, count]) => [kind, Number(count)]);
  expect(Object.fromEntries(days)).toEqual(Object.fromEntries(keptKinds.map((kind) => [kind, defaultRetention[kind]])));
});
