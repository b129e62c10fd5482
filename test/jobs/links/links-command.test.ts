import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { runCommandAt } from "../../support/command-line.ts";
import { connectorFolder } from "../../support/connector-folder.ts";
import { importAids, madeAid } from "../../support/made-aids.ts";

const today = "2026-12-05T03:00:00Z";

describe("moisson links", () => {
  let catalogue: TestCatalogue;
  let folder: string;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
    const { links } = catalogue;
    await importAids(catalogue, "region-a", [
      madeAid("1", { name: "Planter des haies", originUrl: "https://a.example/gone" }),
      madeAid("2", { name: "Creuser un puits", applicationUrl: "https://a.example/gone" }),
    ]);
    await importAids(catalogue, "region-b", [madeAid("1", { name: "Isoler un toit", originUrl: "https://b.example/wall" })]);
    await links.sync();
    for (const day of ["2026-11-25", "2026-12-02"]) {
      const now = new Date(`${day}T03:00:00Z`);
      for (let link = await links.take(now, 60_000); link !== null; link = await links.take(now, 60_000)) {
        const verdict =
          link.host === "a.example"
            ? ({ state: "failing", status: 404, reason: "not-found" } as const)
            : ({ state: "to-check", status: 403, reason: "http-status" } as const);
        await links.record(link, verdict, { now, restMs: 0 });
      }
    }
  });
  afterAll(() => catalogue.drop());

  const say = async (...args: string[]) => {
    folder ??= await connectorFolder({});
    return runCommandAt(today, catalogue, folder, ["links", ...args]);
  };

  it("lists dead and doubtful links with their aids, and counts all", async () => {
    const { stdout, stderr, error, exitCode } = await say();
    expect([error, exitCode]).toEqual([undefined, undefined]);
    expect(stdout).toMatchInlineSnapshot(`
      "https://a.example/gone  dead since 2026-11-25: the page does not exist (404)
        region-a/1  originUrl  Planter des haies
        region-a/2  applicationUrl  Creuser un puits
      https://b.example/wall  for a person to check, because our check failed on 2026-12-02: the server does not return the page (403)
        region-b/1  originUrl  Isoler un toit
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "2 links: 1 dead, 1 for a person to check
      "
    `);
  });

  it("lists dead ones only, in JSON with the sentence", async () => {
    const { stdout } = await say("--dead", "--json");
    expect(JSON.parse(stdout)).toMatchObject([
      { connector: "region-a", externalId: "1", field: "originUrl", state: "dead", since: "2026-11-25T03:00:00.000Z", status: 404 },
      { connector: "region-a", externalId: "2", field: "applicationUrl", message: "dead since 2026-11-25: the page does not exist (404)" },
    ]);
  });

  it("refuses invalid options", async () => {
    expect((await say("--limit", "3")).error).toMatchObject({ message: "--limit requires --check" });
    expect((await say("--connector", "region-x")).error).toMatchObject({ message: expect.stringContaining("region-x") });
  });

  it("checks due links before it lists them", async () => {
    await importAids(catalogue, "region-c", [madeAid("1", { originUrl: "http://127.0.0.1/aide" })]);
    const { stdout, error } = await say("--check", "--limit", "1");
    expect(error).toBeUndefined();
    expect(stdout).toContain(
      "http://127.0.0.1/aide  for a person to check, because our check failed on 2026-12-05: it is not a public http or https address",
    );
  });
});
