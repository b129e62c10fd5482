import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { XMLParser } from "fast-xml-parser";
import { SaxesParser } from "saxes";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { writeFeed } from "./make-feed.ts";

/*
 * Measures CPU seconds and memory of reading a generated XML file with saxes and with fast-xml-parser, each in a process of its own. The
 * table is in docs/dependencies.md.
 *   npx tsx test/bench/xml-parsers.ts [records]
 */
const ways: Readonly<Record<string, (file: string) => Promise<number>>> = {
  "saxes, events only": async (file) => {
    let elements = 0;
    const parser = new SaxesParser({ xmlns: false });
    parser.on("opentag", () => elements++);
    for await (const piece of createReadStream(file, { encoding: "utf8" })) parser.write(piece as string);
    parser.close();
    return elements;
  },
  "our decoder (saxes, one object per record)": async (file) => {
    const part = { name: file, contentType: null, bytes: (await stat(file)).size, path: file, open: () => createReadStream(file) };
    let records = 0;
    const decode = { format: "xml", recordPath: "/*/*" } as const;
    for await (const batch of decodeFeed([part], decode, defaultDecodeLimits))
      records += batch.filter(({ kind }) => kind === "record").length;
    return records;
  },
  "fast-xml-parser, whole document": async (file) => {
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
    const [root] = Object.values(parser.parse(await readFile(file, "utf8")) as Record<string, Record<string, unknown[]>>).slice(-1);
    return Object.values(root ?? {}).flat().length;
  },
};

const [first, file] = process.argv.slice(2);
const way = ways[first ?? ""];
if (way !== undefined && file !== undefined) {
  const begun = process.cpuUsage();
  const found = await way(file);
  const { user, system } = process.cpuUsage(begun);
  const seconds = (user + system) / 1e6;
  process.stdout.write(JSON.stringify({ found, seconds, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
} else {
  await compare(Number(first ?? 20_000));
}

async function compare(records: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-xml-"));
  try {
    const feed = join(folder, "feed.xml");
    await writeFeed(feed, "xml", records, 1);
    const megabytes = (await stat(feed)).size / 1e6;
    process.stdout.write(
      `${cpus()[0]?.model}, Node ${process.version}, ${records} records, ${megabytes.toFixed(0)} MB; the best of three\n`,
    );
    for (const name of Object.keys(ways)) {
      const tries: { seconds: number; peakMb: number; found: number }[] = [];
      for (let tried = 0; tried < 3; tried++) {
        const args = ["--import", "tsx", import.meta.filename, name, feed];
        tries.push(JSON.parse((await promisify(execFile)(process.execPath, args)).stdout));
      }
      const best = tries.sort((a, b) => a.seconds - b.seconds)[0];
      if (best === undefined) continue;
      process.stdout.write(
        `| ${name} | ${(megabytes / best.seconds).toFixed(0)} | ${best.seconds.toFixed(1)} | ${best.peakMb} | ${best.found} |\n`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
