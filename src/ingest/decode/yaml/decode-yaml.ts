import { Buffer } from "node:buffer";
import type { DecodeOptions } from "../../../kit/definition.ts";
import { once } from "../../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { chooseZipEntries, limitSize, listZip, readZipEntry } from "../container/archives.ts";
import { fileKind, readHead } from "../container/container-kind.ts";
import { openFeed } from "../container/open-feed.ts";
import { type Decoded, type DecodeLimits, type FeedPart, type Recognition, recordTooLarge } from "../decoded.ts";
import { decodeJson } from "../json/decode-json.ts";
import { parseYaml } from "./parse-yaml.ts";

type YamlOptions = Extract<DecodeOptions, { format: "yaml" }> & Recognition;

/** Maximum size of one file, bytes. The parser needs about a hundred times as much memory. */
const maxFileBytes = 4 * 1024 ** 2;

/** A YAML file, alone or in an archive. */
interface YamlFile {
  /** Name in the archive; empty for a file alone. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads a YAML file, or all YAML files of a zip archive. Each file is converted to JSON and read as such, so that paths, keys and values
 * are the same. Locators are `item N`, in an archive `file NAME, item N`. Throws `FeedUnreadable`: as `decodeJson`, `too-large` for a file
 * of more than 4 MB or whose aliases expand too much, `decompression-limit`, and the errors of archives.
 */
export async function* decodeYaml(part: FeedPart, options: YamlOptions, limits: DecodeLimits, page: string): AsyncGenerator<Decoded[]> {
  const { fileField, ...shape } = options;
  for await (const { name, bytes } of yamlFiles(part, limits)) {
    const place = name === "" ? page : `${page}file ${name}, `;
    const json = Buffer.from(JSON.stringify(parseYaml(await wholeFile(bytes, place), place)), "utf8");
    const content = { head: json.subarray(0, 64 * 1024), isWhole: json.length <= 64 * 1024, bytes: () => once(json) };
    for await (const decoded of decodeJson(content, { ...shape, format: "json", lines: false }, limits, place))
      yield fileField === undefined || name === "" ? decoded : decoded.map((item) => withFile(item, fileField, name));
  }
}

async function* yamlFiles(part: FeedPart, limits: DecodeLimits): AsyncGenerator<YamlFile> {
  if (fileKind((await readHead(part.open(), 16)).bytes) !== "zip") {
    yield { name: "", bytes: (await openFeed(part, "yaml", limits)).bytes() };
    return;
  }
  let left = limits.decompressedBytes;
  for (const entry of chooseZipEntries(await listZip(part.path), "yaml")) {
    const chunks = limitSize(readZipEntry(part.path, entry), entry.fileName, { ...limits, decompressedBytes: left });
    yield { name: entry.fileName, bytes: counted(chunks, (size) => (left -= size)) };
  }
}

async function* counted(chunks: AsyncIterable<Uint8Array>, count: (size: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}

async function wholeFile(bytes: AsyncIterable<Uint8Array>, place: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxFileBytes) throw recordTooLarge(`${place}byte ${size}`, maxFileBytes);
    chunks.push(chunk.slice());
  }
  if (size === 0) throw new FeedUnreadable("malformed", { at: `${place}byte 0` });
  return Buffer.concat(chunks);
}

function withFile(decoded: Decoded, field: string, name: string): Decoded {
  return decoded.kind === "record" ? { ...decoded, values: { ...decoded.values, [field]: name } } : decoded;
}
