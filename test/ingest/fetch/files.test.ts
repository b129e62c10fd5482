import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { connectorOf, failureOf, fetchTestFeed, temporaryFolder, textsOf } from "../../support/fetch-test-feed.ts";

const connector = connectorOf({ urlFrom: "MOISSON_URL_REGION_TEST", headersFrom: { key: "NOT_SET" } });

describe("a local file", () => {
  it("is read in place, by a path relative to the current folder, without address, secret or size limit", async () => {
    const path = join(await temporaryFolder(), "aides.csv.gz");
    const bytes = Buffer.alloc(100_000, "é");
    await writeFile(path, bytes);
    const limited = { ...connector, feed: { ...connector.feed, maxMegabytes: 0.001 } };
    const feed = await fetchTestFeed({ connector: limited, file: relative(process.cwd(), path) });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(feed).toMatchObject({ hash: sha256, bytes: 100_000, etag: null, notModified: false, stoppedEarly: null });
    expect(feed.parts).toMatchObject([{ name: "aides.csv.gz", path, contentType: null, sha256 }]);
    expect(feed.parts[0]).not.toHaveProperty("url");
    expect(await textsOf(feed)).toEqual([bytes.toString()]);
  });

  it("that is a pipe is copied, so that it can be read twice", async () => {
    const folder = await temporaryFolder();
    const pipe = join(folder, "pipe.csv");
    await promisify(execFile)("mkfifo", [pipe]);
    createWriteStream(pipe).end("id;titre");
    const feed = await fetchTestFeed({ connector, file: pipe, spoolFolder: async () => folder });
    expect([await textsOf(feed), await textsOf(feed), feed.bytes]).toEqual([["id;titre"], ["id;titre"], 8]);
  });

  it("that is missing is an internal error, because the command line has checked it", async () => {
    const error = await failureOf(fetchTestFeed({ connector, file: "/nowhere/aides.csv" }));
    expect([error.outcome, error.code, error.params]).toEqual(["failed", "internal", { reason: "/nowhere/aides.csv cannot be read" }]);
  });

  it("is not read after the run is cancelled", async () => {
    const reason = new Error("cancelled");
    await expect(fetchTestFeed({ connector, file: "package.json", signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
