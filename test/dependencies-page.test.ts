import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "./support/loaded-connectors.ts";

it("docs/dependencies.md has a row for every package, with its version", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as Record<
    string,
    Record<string, string>
  >;
  const page = readFileSync(join(projectRoot, "docs/dependencies.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([^`]+)` (\d\S*) \|/gm)].map(([, name, version]) => [name, version]);
  expect(Object.fromEntries(rows)).toEqual({ ...dependencies, ...devDependencies });
});
