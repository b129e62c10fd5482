import { randomBytes } from "node:crypto";
import { hostname } from "node:os";

const [ourHost, ourPid, ourBirth] = [hostname(), process.pid, randomBytes(4).toString("hex")];

/** Name of this process in runs: `<host>:<pid>:<birth>`. Process numbers recur, in a container at every start; `birth` does not. */
export const workerName = `${ourHost}:${ourPid}:${ourBirth}`;

/** Returns true if a worker is known to be gone: a process of this machine that ended. Other machines are unknown. */
export function isGone(worker: string | null): boolean {
  const [, host, pid, birth] = /^(.*):(\d+):([0-9a-f]{8})$/.exec(worker ?? "") ?? [];
  if (host !== ourHost || pid === undefined) return false;
  if (Number(pid) === ourPid) return birth !== ourBirth;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
