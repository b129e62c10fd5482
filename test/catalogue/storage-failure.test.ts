import { type AddressInfo, createServer } from "node:net";
import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { CatalogueRefused } from "../../src/catalogue/connection/storage-failure.ts";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { newCatalogue, testedDatabases } from "../support/catalogues.ts";
import { madeAid, stageAids, startRun } from "../support/made-aids.ts";

async function failureOf(databaseUrl: string): Promise<unknown> {
  return openCatalogue({ databaseUrl, home: "unused" }).catch((error: unknown) => error);
}

describe("a database that does not answer", () => {
  test("nobody listens: throws storage-failed, without the password", async () => {
    const failure = await failureOf("postgres://moisson:s3cret@127.0.0.1:1/catalogue");
    expect(failure).toMatchObject({ code: "storage-failed", params: { reason: "ECONNREFUSED" } });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain("s3cret");
  });

  test("the server closes every connection, like a proxy whose database is down: throws storage-failed and does not hang", async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const failure = await connectPostgresql({
      url: `postgres://moisson:s3cret@127.0.0.1:${port}/catalogue`,
      schema: "moisson",
      answerWithinMs: 300,
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "storage-failed" });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain("s3cret");
  });

  test("DATABASE_URL is no address: throws an error that does not contain it", async () => {
    const failure = await failureOf("postgres://moisson:s3cret@:bad:port/");
    expect(failure).toBeInstanceOf(CatalogueRefused);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain("s3cret");
  });
});

for (const database of testedDatabases) {
  test.skipIf(database.skipped)(`a statement that fails does not carry its batch into the logs, ${database.title}`, async () => {
    const catalogue = await newCatalogue(database);
    const run = await startRun(catalogue, "a");
    await catalogue.store.rows(sql`alter table staged_aids add constraint full_disk check (locator = 'never')`);
    const failure = await stageAids(catalogue, run, [madeAid("1", { name: "confidential" })]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "storage-failed", params: { reason: "23514" } });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain("confidential");
    await catalogue.drop();
  });
}
