import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { readRetention } from "../../../catalogue/retention/read-retention.ts";
import { readConsoleSettings } from "../../../console/console-settings.ts";
import { readDigestSettings } from "../../../jobs/digest/digest-settings.ts";
import { readJobSettings } from "../../../jobs/job-settings.ts";
import { type Config, WrongSettings } from "../../../platform/config.ts";
import { readApiSettings } from "../../../publish/api/api-settings.ts";
import { findInstallation } from "../../../registry/installation.ts";
import { type Finding, fault, fine, warning } from "./finding.ts";

const oldestNode = [20, 19] as const;
const megabyte = 1024 * 1024;
/** The largest feed is 512 MB, and two runs may download at once. */
const wantedFreeBytes = 2048 * megabyte;
const neededFreeBytes = 256 * megabyte;

/** Reads the settings of all processes. */
export function checkSettings({ environment }: Config): Finding[] {
  const readers = [readJobSettings, readDigestSettings, readConsoleSettings, readApiSettings, readRetention];
  const problems = readers.flatMap((read) => {
    try {
      read(environment);
      return [];
    } catch (error) {
      if (!(error instanceof WrongSettings)) throw error;
      return error.problems;
    }
  });
  if (problems.length === 0) return [fine("settings", "valid")];
  return [...new Set(problems)].map((problem) =>
    fault("settings", problem, "correct the variable; see the settings in docs/operations.md"),
  );
}

/** Compares the version of Node with the oldest supported version. */
export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  if (isOld) return fault("node", `version ${version}`, `install Node ${oldestNode.join(".")} or later`);
  return fine("node", `version ${version}, Moisson ${findInstallation().version}`);
}

/** Reads the free space of the folder for downloads, and of the embedded catalogue. */
export async function checkDisk({ databaseUrl, home }: Config): Promise<Finding[]> {
  const folders = databaseUrl === null ? [tmpdir(), home] : [tmpdir()];
  return Promise.all(folders.map(async (folder) => diskFinding(folder, await freeBytes(folder))));
}

/** Returns the finding about a folder's free space; null: the folder does not exist. */
export function diskFinding(folder: string, free: number | null): Finding {
  if (free === null) return fine("disk", `${folder} does not exist yet`);
  const message = `${Math.floor(free / megabyte)} MB free for ${folder}`;
  if (free >= wantedFreeBytes) return fine("disk", message);
  const advice = "free some space: feeds of 512 MB are downloaded there";
  return free < neededFreeBytes ? fault("disk", message, advice) : warning("disk", message, advice);
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
