import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { sharedData, sharedFiles } from "../support/shared-data.ts";

/** One version of a feed. */
export interface Version {
  readonly path: string;
  /** The instant at which it was fetched. */
  readonly at: Date;
}

const ending = ".tar.zst";

/** Returns the names of the series in the shared data. */
export function seriesNames(): string[] {
  return sharedFiles("series", ending).map((path) => basename(path, ending));
}

/** Calls a function with all versions of a feed, oldest first. Their files exist until it ends. */
export async function withSeries<T>(name: string, use: (versions: readonly Version[]) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-series-"));
  try {
    const archive = join(sharedData, "series", `${name}${ending}`);
    await promisify(execFile)("tar", ["--use-compress-program", "zstd -d --long=27", "-xf", archive, "-C", folder]);
    const files = (await readdir(folder, { recursive: true })).flatMap((file) => versionOf(join(folder, file)) ?? []);
    return await use(files.sort((a, b) => a.at.getTime() - b.at.getTime()));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The name of a file begins with its instant: `2026-03-13T105629_c177d1668.json`. */
function versionOf(path: string): Version | null {
  const [, day, hours, minutes, seconds] = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)_/.exec(basename(path)) ?? [];
  return day === undefined ? null : { path, at: new Date(`${day}T${hours}:${minutes}:${seconds}Z`) };
}
