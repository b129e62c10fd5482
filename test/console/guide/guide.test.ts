import { describe, expect, it } from "vitest";
import { guidePages, guidePath } from "../../../src/console/pages/guide/guide-pages.ts";
import { exampleRow } from "../../../src/console/pages/guide/pages/national-schema.ts";
import { routes } from "../../../src/console/routes.ts";
import { validateDispositifAide } from "../../../src/publish/exports/validate-dispositif-aide.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";

describe("the guide for publishers", () => {
  it("is public, and all its links work", async () => {
    const catalogue = await ownCatalogue();
    const nobody = await testConsole(catalogue).as("nobody");
    const files = routes.flatMap(({ method, path }) => (method === "get" ? path : []));
    for (const page of guidePages) {
      const read = await nobody.get(guidePath(page));
      expect(read.status, page.path).toBe(200);
      expect(read.html, page.path).not.toContain("undefined");
      for (const { href } of page.sections.flatMap(({ links = [] }) => links))
        if (href.startsWith("/")) expect(files, `${page.path} -> ${href}`).toContain(href);
    }
    for (const [file, type] of [
      ["/modeles/aides.csv", "text/csv"],
      ["/modeles/aides.xlsx", "application/vnd.openxmlformats"],
    ] as const) {
      const given = await nobody.get(file);
      expect(given.status, file).toBe(200);
      expect(given.headers.get("content-type"), file).toContain(type);
    }
    expect((await nobody.get("/modeles")).to).toContain("/connexion");
  });

  it("shows an example that is valid in the national schema", () => {
    expect(validateDispositifAide(exampleRow)).toBeUndefined();
  });
});
