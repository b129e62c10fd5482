import { access, constants, readdir, stat, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRetention } from "../../../catalogue/retention/read-retention.ts";
import { readConsoleSettings, readPublicSettings } from "../../../console/console-settings.ts";
import { readDigestSettings } from "../../../jobs/digest/digest-settings.ts";
import { readJobSettings } from "../../../jobs/job-settings.ts";
import { type Config, WrongSettings } from "../../../platform/config.ts";
import { readApiSettings } from "../../../publish/api/api-settings.ts";
import { findInstallation, versionText } from "../../../registry/installation.ts";
import { type Finding, fault, fine, warning } from "./finding.ts";

const oldestNode = [20, 19] as const;
const megabyte = 1024 * 1024;
/** The largest feed is 512 MB, and two runs may download at once. */
const wantedFreeBytes = 2048 * megabyte;
const neededFreeBytes = 256 * megabyte;

/** Reads the settings of all processes. */
export function checkSettings({ environment }: Config): Finding[] {
  const readers: ((environment: Config["environment"]) => unknown)[] = [
    readJobSettings,
    readDigestSettings,
    readConsoleSettings,
    readApiSettings,
    readRetention,
  ];
  if (environment.MOISSON_PUBLIC_URL !== undefined) readers.push(readPublicSettings);
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
  return fine("node", `version ${version}, Moisson ${versionText(findInstallation())}`);
}

/** Finds files of settings, which contain secrets, that other users of the machine may read. */
export async function checkRights(folder = "/etc/moisson"): Promise<Finding[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(".env")).map((name) => join(folder, name));
  const found = await Promise.all(
    files.map(async (file) => {
      const isOpen = await stat(file).then(
        ({ mode }) => (mode & 0o077) !== 0,
        () => false,
      );
      return isOpen ? [warning("rights", `other users may read or change ${file}`, `chmod 600 ${file}`)] : [];
    }),
  );
  return found.flat();
}

/** Reads the free space of the folder for downloads, and of the embedded catalogue. */
export async function checkDisk({ databaseUrl, home }: Config): Promise<Finding[]> {
  const temporary = (await temporaryFolderFault()) ?? diskFinding(tmpdir(), await freeBytes(tmpdir()));
  return databaseUrl === null ? [temporary, diskFinding(home, await freeBytes(home))] : [temporary];
}

/** Returns a finding if downloads cannot be written; null if they can. */
async function temporaryFolderFault(): Promise<Finding | null> {
  try {
    await access(tmpdir(), constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    return fault("disk", `downloads cannot be written to ${tmpdir()}${code}`, "make the folder writable for this user, or correct TMPDIR");
  }
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
