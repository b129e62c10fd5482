import { randomBytes } from "node:crypto";
import { hostname } from "node:os";

const [ourHost, ourPid, ourBirth] = [hostname(), process.pid, randomBytes(4).toString("hex")];

/** Who this process is, as runs carry it: `<host>:<pid>:<birth>`. A process number comes again, in a container at every start; `birth` does not. */
export const workerName = `${ourHost}:${ourPid}:${ourBirth}`;

/** True where a worker is known to be gone: it was a process of this machine that is no more. Of other machines nothing is known. */
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
