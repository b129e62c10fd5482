import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { commandPlace, moissonProcess } from "../support/moisson.ts";
import { soundConnector } from "../support/sound-connector.ts";
import { rowOf, workbookOf } from "./decode/excel/handwritten-workbook.ts";
import { zipOf } from "./decode/excel/handwritten-zip.ts";

/** Maximum memory of a process that reads a hostile feed, in megabytes. */
const maxMegabytes = 600;

/** Prints the kernel's exact peak of the process's memory when it ends. */
const printPeak = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeSync } from "node:fs";
  import { isMainThread } from "node:worker_threads";
  if (isMainThread)
    process.on("exit", () => writeSync(2, "peak " + /VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1] + " kB\\n"));
`)}`;

/** Runs a connector with this reading on a file in a process of its own. */
async function read(decode: ConnectorInput["decode"], bytes: string | Uint8Array) {
  const folder = await mkdtemp(join(tmpdir(), "moisson-hostile-"));
  const place = await commandPlace(join(folder, "home"));
  onTestFinished(async () => {
    await place.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const feed = join(folder, "feed");
  await writeFile(feed, bytes);
  await mkdir(join(folder, "connectors"));
  await writeFile(join(folder, "connectors", "flux-hostile.json"), JSON.stringify(soundConnector({ id: "flux-hostile", decode })));
  const environment = { ...place.environment, MOISSON_CONNECTORS: folder, NODE_OPTIONS: `--import=${printPeak}` };
  const { stdout, stderr } = await moissonProcess(["run", "flux-hostile", "--file", feed, "--json"], environment);
  if (stdout === "") throw new Error(stderr);
  const peak = Number(/peak (\d+) kB/.exec(stderr)?.[1]) / 1024;
  return { report: JSON.parse(stdout) as RunReport, peak };
}

const csv = { format: "csv" } as const;
const xml = { format: "xml", recordPath: "/aides/aide" } as const;
const excel = { format: "excel" } as const;
const sharedText = `<si><t>${"x".repeat(32_000)}</t></si>`;

it.each<[string, ConnectorInput["decode"], () => string | Uint8Array, Partial<NonNullable<RunReport["error"]>>]>([
  [
    "a workbook of 1 MB with 450 MB of shared texts",
    excel,
    () => workbookOf({ rows: rowOf(1, ["id", "titre"]), sharedStrings: sharedText.repeat(14_000) }),
    { code: "decompression-limit" },
  ],
  [
    "a zip of 60,000 empty files",
    csv,
    () => zipOf(Object.fromEntries(Array.from({ length: 60_000 }, (_, number) => [`${number}.csv`, { content: "", stored: true }]))),
    { code: "malformed" },
  ],
  [
    "30 MB of brackets in CDATA",
    xml,
    () => `<aides><aide><titre><![CDATA[${"] ".repeat(15_000_000)}]]></titre></aide></aides>`,
    { code: "too-large" },
  ],
  [
    "30 MB of CDATA of one character",
    xml,
    () => `<aides><aide><titre>${"<![CDATA[x]]>".repeat(2_300_000)}</titre></aide></aides>`,
    { code: "too-large" },
  ],
])("%s is refused with little memory", { timeout: 300_000 }, async (_, decode, bytes, error) => {
  const { report, peak } = await read(decode, bytes());
  expect(report).toMatchObject({ outcome: "unreadable", error });
  expect(peak).toBeLessThan(maxMegabytes);
});
