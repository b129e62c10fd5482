import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Catalogue, openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { postgresql } from "../support/catalogues.ts";
import { guardsOff, smallDefinition } from "../support/harvest.ts";
import { moisson, startMoisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";
import { until } from "../support/until.ts";
import { rowOf, workbookOf } from "./decode/excel/handwritten-workbook.ts";
import { zipOf } from "./decode/excel/handwritten-zip.ts";
import { endlessXls } from "./decode/xls/xls-of.ts";

/**
 * Maximum memory of a process that reads a hostile feed, in megabytes. Alone it needs 390 to 450; beside other work, when memory is
 * reclaimed later, up to 610.
 */
const maxMegabytes = 700;
/** Every run ends within this time on a busy machine. */
const maxMs = 120_000;

/** A publisher that does harm: what its server answers, how its feed is read, and how its run must end. */
interface Hostile {
  readonly name: string;
  answer(response: ServerResponse): void;
  readonly changes?: Partial<ConnectorInput>;
  readonly isDry?: true;
  readonly end: { readonly outcome: RunReport["outcome"]; readonly error?: object };
}

const records = (count: number) => JSON.stringify(Array.from({ length: count }, (_, id) => ({ id: `${id}`, titre: `Aide ${id}` })));
const all = (bytes: () => string | Uint8Array) => (response: ServerResponse) => void response.end(bytes());
const sharedText = `<si><t>${"x".repeat(32_000)}</t></si>`;
const xml = { decode: { format: "xml", recordPath: "/aides/aide" } } as const;
const nothings = all(() => `[${"{},".repeat(3_000_000)}{}]`);
const allRejected = { outcome: "unreadable", error: { code: "all-rejected" } } as const;

async function writeForEver(response: ServerResponse, text: string, pauseMs: number): Promise<void> {
  response.write("[");
  while (!response.destroyed) {
    await new Promise((written) => response.write(text, written));
    await delay(pauseMs);
  }
}

const hostiles: readonly Hostile[] = [
  {
    name: "a Content-Length larger than the body",
    answer: (response) => {
      const body = records(1000);
      response.writeHead(200, { "content-length": body.length + 1000 });
      response.write(body, () => response.socket?.end());
    },
    end: { outcome: "unreachable", error: { code: "body-cut-short" } },
  },
  {
    name: "5 MB of HTTP/1.0 that end with the connection",
    answer: ({ socket }) => void socket?.end(`HTTP/1.0 200 OK\r\n\r\n${records(500)}${" ".repeat(5_000_000)}`),
    end: { outcome: "applied" },
  },
  { name: "9 MB of empty records", answer: nothings, end: allRejected },
  { name: "9 MB of empty records, as a dry run", answer: nothings, isDry: true, end: allRejected },
  {
    name: "a feed without end",
    answer: (response) => void writeForEver(response, `${records(5000).slice(1, -1)},`, 0),
    end: { outcome: "unreadable", error: { code: "over-budget", params: { budget: "downloadMegabytes", limit: 512 } } },
  },
  {
    name: "a few bytes a second",
    answer: (response) => void writeForEver(response, " ", 200),
    changes: { budget: { seconds: 5 } },
    end: { outcome: "unreachable", error: { code: "over-budget", params: { budget: "seconds", limit: 5, stage: "fetch" } } },
  },
  {
    name: "a workbook of 1 MB with 450 MB of shared texts",
    answer: all(() => workbookOf({ rows: rowOf(1, ["id", "titre"]), sharedStrings: sharedText.repeat(14_000) })),
    changes: { decode: { format: "excel" } },
    end: { outcome: "unreadable", error: { code: "decompression-limit" } },
  },
  {
    name: "an .xls file that its library never reads to the end",
    answer: all(endlessXls),
    changes: { decode: { format: "excel" } },
    end: { outcome: "unreadable", error: { code: "unsupported-file", params: { found: "unreadable-xls" } } },
  },
  {
    name: "a zip of 60,000 empty files",
    answer: all(() =>
      zipOf(Object.fromEntries(Array.from({ length: 60_000 }, (_, number) => [`${number}.csv`, { content: "", stored: true }]))),
    ),
    changes: { decode: { format: "csv" } },
    end: { outcome: "unreadable", error: { code: "malformed" } },
  },
  {
    name: "30 MB of brackets in CDATA",
    answer: all(() => `<aides><aide><titre><![CDATA[${"] ".repeat(15_000_000)}]]></titre></aide></aides>`),
    changes: xml,
    end: { outcome: "unreadable", error: { code: "too-large" } },
  },
  {
    name: "30 MB of CDATA of one character",
    answer: all(() => `<aides><aide><titre>${"<![CDATA[x]]>".repeat(2_300_000)}</titre></aide></aides>`),
    changes: xml,
    end: { outcome: "unreadable", error: { code: "too-large" } },
  },
];

/** Writes the kernel's exact peak of each process's memory to a file when the process ends. */
const writePeak = (file: string) =>
  `data:text/javascript,${encodeURIComponent(`
    import { appendFileSync, readFileSync } from "node:fs";
    import { isMainThread } from "node:worker_threads";
    const write = (line) => isMainThread && appendFileSync(${JSON.stringify(file)}, process.pid + line);
    write(" begins\\n");
    process.on("exit", () => write(" peak " + /VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1] + " kB\\n"));
  `)}`;

/** Starts a worker with a neighbour and the hostile publishers. */
async function startWorker() {
  const folder = await mkdtemp(join(tmpdir(), "moisson-hostile-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const requested = new Set<string>();
  let answerNeighbour: (() => void) | undefined;
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requested.add(path);
    if (path === "/neighbour") answerNeighbour = () => response.end(JSON.stringify([{ id: "1", titre: `Aide ${Math.random()}` }]));
    else hostiles[Number(path.slice(1))]?.answer(response);
  }).listen(0);
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  // Two runs never request the same host at the same time.
  const hosts = { neighbour: `127.0.0.2:${port}`, hostile: `127.0.0.1:${port}` };
  await mkdir(join(folder, "connectors"));
  const connector = (id: string, address: string, changes: Partial<ConnectorInput> = {}) => {
    const definition = smallDefinition(id, { feed: { url: `http://${address}` }, guards: guardsOff, ...changes });
    return writeFile(join(folder, "connectors", `${id}.json`), JSON.stringify(definition));
  };
  await connector("neighbour", `${hosts.neighbour}/neighbour`);
  for (const [number, { changes }] of hostiles.entries()) await connector(`hostile-${number}`, `${hosts.hostile}/${number}`, changes);

  const peaks = join(folder, "peaks");
  const environment = {
    DATABASE_URL: await ownDatabase(),
    MOISSON_CONNECTORS: folder,
    MOISSON_ALLOW_HOSTS: Object.values(hosts).join(","),
    MOISSON_LINK_CHECKS: "no",
    MOISSON_RETRY_SECONDS: "3600",
    NODE_OPTIONS: `--import=${writePeak(peaks)}`,
  };
  const worker = startMoisson(["worker"], environment);
  let said = "";
  for (const stream of [worker.stdout, worker.stderr]) stream.on("data", (chunk) => (said = (said + chunk).slice(-20_000)));
  const ended = once(worker, "close");
  onTestFinished(async () => {
    worker.kill("SIGKILL");
    await ended;
  });
  await until("the worker works", () => said.includes("working"), maxMs);
  const catalogue = await openCatalogue({ databaseUrl: environment.DATABASE_URL, home: "" });
  onTestFinished(() => catalogue.close());
  return {
    catalogue,
    requested,
    ask: (...args: string[]) => moisson(["run", ...args, "--queue"], environment),
    answerNeighbour: async () => {
      const answer = await until("the neighbour's feed is requested", () => answerNeighbour, maxMs);
      answerNeighbour = undefined;
      answer();
    },
    /** Ends the worker, and returns the peaks of all its processes in megabytes. */
    stop: async () => {
      worker.kill("SIGTERM");
      expect(await ended, said).toEqual([0, null]);
      const lines = (await readFile(peaks, "utf8")).trim().split("\n");
      const begun = lines.filter((line) => line.endsWith("begins")).length;
      const found = lines.flatMap((line) => / peak (\d+) kB/.exec(line)?.[1] ?? []).map((kilobytes) => Number(kilobytes) / 1024);
      expect(found, "no process was killed").toHaveLength(begun);
      return found;
    },
  };
}

const endOf = (catalogue: Catalogue, connector: string, count: number) =>
  until(
    `${count} runs of ${connector} have ended`,
    async () => {
      const ended = (await catalogue.runs.list({ connector })).filter(({ state }) => state === "ended");
      return ended.length === count && ended[0];
    },
    maxMs,
  );

describe.skipIf(postgresql.skipped || !existsSync("/proc/self"))(
  `hostile publishers${postgresql.skipped ? " (SKIPPED: no PostgreSQL)" : ""}`,
  () => {
    it("harm only their own run: another run of the worker ends as usual, and no process needs much memory", {
      timeout: hostiles.length * maxMs,
    }, async () => {
      const { catalogue, ask, requested, answerNeighbour, stop } = await startWorker();
      for (const [number, { name, isDry, end }] of hostiles.entries()) {
        await ask("neighbour");
        await until(
          "the neighbour's run begins",
          async () => (await catalogue.runs.open()).some(({ state }) => state === "running"),
          maxMs,
        );
        await ask(`hostile-${number}`, ...(isDry ? ["--dry-run"] : []));
        await until(`${name} is requested`, () => requested.has(`/${number}`), maxMs);
        await answerNeighbour();
        expect(await endOf(catalogue, "neighbour", number + 1), name).toMatchObject({ outcome: "applied", try: 1 });
        const { outcome, report } = await endOf(catalogue, `hostile-${number}`, 1);
        expect({ name, outcome, error: report?.error }).toMatchObject({ name, ...end });
      }
      const peaks = await stop();
      expect(peaks.length).toBeGreaterThanOrEqual(3);
      expect(Math.max(...peaks)).toBeLessThan(maxMegabytes);
    });
  },
);
