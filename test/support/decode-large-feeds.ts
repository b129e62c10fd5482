/**
 * A program that decodes generated feeds of some megabytes as streams and prints `{ csv, json, xml, peakMb }`: numbers of records and peak
 * resident memory. Run it with a small heap: `node --max-old-space-size=40 --import tsx test/support/decode-large-feeds.ts 100`.
 */
import { Buffer } from "node:buffer";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import type { DecodeOptions } from "../../src/kit/definition.ts";

const megabytes = Number(process.argv[2]);
const text = "<p>Le dispositif soutient l’aménagement des communes &amp; leur mobilité.</p>\n".repeat(35);

interface LargeFeed {
  readonly decode: DecodeOptions;
  readonly start: string;
  readonly record: string;
  readonly end: string;
}

const feeds: readonly LargeFeed[] = [
  { decode: { format: "csv", headerRow: 1 }, start: "id;nom;texte;montant\n", record: `1;Aide;"${text}";5\n`, end: "" },
  {
    decode: { format: "json", recordPath: "results", lines: false },
    start: '{"results": [{}',
    record: `,${JSON.stringify({ id: 1, nom: "Aide", texte: text, montant: 5 })}`,
    end: "]}",
  },
  {
    decode: { format: "xml", recordPath: "/flux/aide" },
    start: "<flux>",
    record: `<aide><id>1</id><nom>Aide</nom><texte>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</texte></aide>\n`,
    end: "</flux>",
  },
];

const counts: Record<string, number> = {};
for (const feed of feeds) {
  const part = { name: "large", contentType: null, bytes: megabytes * 1e6, path: "", open: () => bytesOf(feed) };
  let count = 0;
  for await (const batch of decodeFeed([part], feed.decode, defaultDecodeLimits)) count += batch.length;
  counts[feed.decode.format] = count;
}
process.stdout.write(JSON.stringify({ ...counts, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));

async function* bytesOf(feed: LargeFeed): AsyncGenerator<Uint8Array> {
  yield Buffer.from(feed.start);
  const record = Buffer.from(feed.record);
  const block = Buffer.from(feed.record.repeat(20));
  for (let size = 0; size < megabytes * 1e6; size += block.length)
    for (let from = 0; from < block.length; from += 65_536) yield block.subarray(from, from + 65_536);
  yield record;
  yield Buffer.from(feed.end);
}
