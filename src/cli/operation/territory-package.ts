import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { editionOfPackage, type TerritoryLists } from "../../model/territories/edition.ts";
import { NotDone } from "../exit.ts";

const text = z.string().min(1);
const territory = z.object({ code: text, nom: text, zone: z.enum(["metro", "drom", "com"]), region: text.optional() });
const commune = z.object({
  code: text,
  nom: text,
  type: z.enum(["commune-actuelle", "commune-deleguee", "commune-associee", "arrondissement-municipal"]),
  departement: text.optional(),
  population: z.number().optional(),
  chefLieu: text.optional(),
  commune: text.optional(),
  anciensCodes: z.array(text).optional(),
  codesPostaux: z.array(text).optional(),
});
const epci = z.object({
  code: text,
  nom: text,
  type: z.enum(["CC", "CA", "CU", "METRO", "MET69", "EPT"]),
  membres: z.array(z.object({ code: text })),
});
/** The files of the package, with the fields that we read. */
const Lists = z.object({
  regions: z.array(territory).min(1),
  departements: z.array(territory).min(1),
  communes: z.array(commune).min(1),
  epci: z.array(epci).min(1),
  ept: z.array(epci),
});

/**
 * Reads `@etalab/decoupage-administratif` from a folder or from the archive that `npm pack` writes. Undefined: the installed package. Throws
 * `NotDone` if it is another package, or its files have another form.
 */
export async function readTerritoryPackage(source: string | undefined): Promise<{ readonly name: string; readonly lists: TerritoryLists }> {
  if (source === undefined) {
    const { name, lists } = editionOfPackage();
    return { name, lists: Lists.parse(lists) as TerritoryLists };
  }
  const file = await readerOf(source);
  const { name, version } = JSON.parse(await file("package.json")) as { name?: unknown; version?: unknown };
  if (name !== "@etalab/decoupage-administratif" || typeof version !== "string")
    throw new NotDone(`${source} is not the package @etalab/decoupage-administratif`);
  const files: Record<string, unknown> = {};
  for (const list of Object.keys(Lists.shape)) files[list] = JSON.parse(await file(`data/${list}.json`));
  const lists = Lists.safeParse(files);
  if (lists.success) return { name: version, lists: lists.data as TerritoryLists };
  const [issue] = lists.error.issues;
  throw new NotDone(`${source} has another form than the editions that we know: ${issue?.path.join("/")}: ${issue?.message}`);
}

type FileReader = (path: string) => Promise<string>;

async function readerOf(source: string): Promise<FileReader> {
  const found = await stat(source).catch(() => null);
  if (found === null) throw new NotDone(`${source} does not exist; give a folder, or the .tgz file that \`npm pack\` writes`);
  const read: FileReader = found.isDirectory()
    ? (path) => readFile(join(source, path), "utf8")
    : await archiveReader(source, await readFile(source));
  return (path) =>
    read(path).catch(() => {
      throw new NotDone(`${source} does not contain ${path}`);
    });
}

async function archiveReader(source: string, bytes: Buffer): Promise<FileReader> {
  const files = new Map<string, Buffer>();
  for (const [path, content] of entriesOf(unzipped(source, bytes))) files.set(path, content);
  return async (path) => {
    const content = files.get(`package/${path}`);
    if (content === undefined) throw new Error(path);
    return content.toString("utf8");
  };
}

function unzipped(source: string, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes);
  } catch {
    throw new NotDone(`${source} is neither a folder nor a .tgz file`);
  }
}

const blockBytes = 512;

/** Yields the files of a tar archive. Each has a block with its name at 0 and its size in octal at 124, and then its bytes in whole blocks. */
function* entriesOf(tar: Buffer): Generator<readonly [path: string, content: Buffer]> {
  for (let at = 0; at + blockBytes <= tar.length; ) {
    const field = (start: number, length: number) => tar.toString("latin1", at + start, at + start + length).replace(/\0.*$/s, "");
    const name = field(0, 100);
    if (name === "") return;
    const size = Number.parseInt(field(124, 12).trim(), 8) || 0;
    const start = at + blockBytes;
    yield [name, tar.subarray(start, start + size)];
    at = start + Math.ceil(size / blockBytes) * blockBytes;
  }
}
