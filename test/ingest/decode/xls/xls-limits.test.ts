import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { convertInThread, convertXls } from "../../../../src/ingest/decode/xls/convert-xls.ts";
import { partOf } from "../excel/decode-workbook.ts";
import { rowOf } from "../excel/handwritten-workbook.ts";
import { endlessXls, xlsOf } from "./xls-of.ts";

const limits = { fileMb: 1, timeoutMs: 20_000, maxMemoryMb: 256 };
const rows = rowOf(1, ["aide"]) + rowOf(2, ["Prêt"]);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "moisson-xls-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(bytes: Uint8Array) {
  const path = join(folder, "feed.xls");
  await writeFile(path, bytes);
  return partOf(path);
}

const refusal = (reason: string) => ({ code: "unsupported-file", params: { found: "unreadable-xls", advice: "save-as-xlsx", reason } });

test("a file that puts the library into an endless loop is refused in time, and the next one is read", async () => {
  const part = await file(endlessXls());
  await expect(convertInThread(part.open, { ...limits, timeoutMs: 1000 })).rejects.toMatchObject(
    refusal("reading it takes more than 1 seconds"),
  );
  expect((await convertXls(await file(xlsOf({ rows })))).length).toBeGreaterThan(1000);
});

test("a file that needs too much memory is refused", async () => {
  // Below about 8 MB, Node 24 ends the process instead of the thread.
  const many = Array.from({ length: 20_000 }, (_, index) => rowOf(index + 1, [`aide ${index}`, `Prêt ${index}`])).join("");
  const part = await file(xlsOf({ rows: many }));
  await expect(convertInThread(part.open, { ...limits, fileMb: 16, maxMemoryMb: 16 })).rejects.toMatchObject(
    refusal("reading it takes more than 16 MB of memory"),
  );
});

test("a large file is refused without being read", async () => {
  await expect(convertInThread((await file(Buffer.alloc(2 * 1024 ** 2))).open, limits)).rejects.toMatchObject(
    refusal("it is larger than 1 MB"),
  );
});

test("a part is converted once, however often it is read", async () => {
  const part = await file(xlsOf({ rows }));
  expect(await convertXls(part)).toBe(await convertXls(part));
});
