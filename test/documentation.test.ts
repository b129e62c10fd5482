import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "./support/loaded-connectors.ts";

const pages = ["", "connectors", "docs"].flatMap((folder) =>
  readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

function textOf(page: string): string {
  return readFileSync(join(projectRoot, page), "utf8");
}

/** Returns the anchors of a page's headings, as on GitHub. */
function anchorsOf(page: string): string[] {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Returns a page's links to missing files or headings. */
function brokenLinks(page: string): string[] {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^https?:/.test(link));
  return links.filter((link) => {
    const [path = "", anchor] = link.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(projectRoot, file))) return true;
    return anchor !== undefined && file.endsWith(".md") && !anchorsOf(file).includes(anchor);
  });
}

/** Returns missing project paths in a page's code marks, without patterns and placeholders. */
function missingPaths(page: string): string[] {
  const named = [...textOf(page).matchAll(/`((?:src|test|docs|tools|connectors|mappings|fixtures)\/[\w./-]+)`/g)];
  return named.map(([, path = ""]) => path).filter((path) => !existsSync(join(projectRoot, path)));
}

describe.each(pages)("%s", (page) => {
  it("has no broken link, and names only existing files", () => {
    expect({ links: brokenLinks(page), paths: missingPaths(page) }).toEqual({ links: [], paths: [] });
  });
});

it("the README has at most 120 lines", () => {
  expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(120);
});

it("docs/README.md lists every page of docs", () => {
  const index = textOf("docs/README.md");
  const unlisted = pages
    .filter((page) => page.startsWith("docs/") && page !== "docs/README.md")
    .filter((page) => !index.includes(`(${page.slice(5)})`));
  expect(unlisted).toEqual([]);
});

it("docs/dependencies.md has a row for every package, with its version", () => {
  const { dependencies, devDependencies } = JSON.parse(textOf("package.json")) as Record<string, Record<string, string>>;
  const rows = [...textOf("docs/dependencies.md").matchAll(/^\| `([^`]+)` (\d\S*) \|/gm)].map(([, name, version]) => [name, version]);
  expect(Object.fromEntries(rows)).toEqual({ ...dependencies, ...devDependencies });
});
