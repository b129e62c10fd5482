import { createHash, randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { CatalogueRefused } from "./storage-failure.ts";

/** Releases the lock of a home. */
export type Unlock = () => Promise<void>;

/** Maximum length of a unix socket path that every system accepts. */
const maxSocketPath = 100;
/** Error codes of file systems without sockets or hard links. */
const noSocketsHere: ReadonlySet<unknown> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "EINVAL", "ENOSYS"]);

/**
 * Locks the folder of the embedded catalogue for this process, because two processes would corrupt it silently. The lock is a listening
 * socket. The system closes it when the process ends, so a lock is never stale.
 * Sockets are numbered, `lock-<n>.sock`, and the highest number is the lock. If nobody listens on it, a process takes the next number: it
 * creates that name as a hard link to its own listening socket, so exactly one process wins. The highest number is never removed.
 * @throws CatalogueRefused `catalogue-in-use`
 */
export async function lockHome(home: string): Promise<Unlock> {
  await mkdir(home, { recursive: true });
  const folder = await realpath(home);
  const note = join(folder, "holder.json");
  const server = process.platform === "win32" ? await takePipe(folder) : await takeSocketNear(folder);
  if (server === null) throw inUse(home, await holderIn(note));
  // The note is only for the message that a second process shows. The lock works without it.
  await writeFile(note, JSON.stringify({ pid: process.pid, since: new Date().toISOString() })).catch(() => undefined);
  return async () => {
    await rm(note, { force: true });
    await new Promise((done) => server.close(done));
  };
}

/** Returns a named pipe (on Windows), or null if another process has it. The pipe disappears with its process. */
async function takePipe(folder: string): Promise<Server | null> {
  try {
    return await listenOn(`\\\\.\\pipe\\moisson-${shortHash(folder.toLowerCase())}`);
  } catch (error) {
    if (codeOf(error) === "EADDRINUSE" || codeOf(error) === "EACCES") return null;
    throw error;
  }
}

async function takeSocketNear(folder: string): Promise<Server | null> {
  // Not os.tmpdir(): two processes may have different TMPDIR.
  const elsewhere = join("/tmp", `moisson-${shortHash(folder)}`);
  if (join(folder, "lock-000000.sock").length > maxSocketPath) return takeSocketIn(elsewhere);
  try {
    return await takeSocketIn(folder);
  } catch (error) {
    if (!noSocketsHere.has(codeOf(error))) throw error;
    return takeSocketIn(elsewhere);
  }
}

/** Returns a listening socket under the next number, or null if a living process has the highest one. */
async function takeSocketIn(folder: string): Promise<Server | null> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ours = join(folder, `${randomBytes(4).toString("hex")}.sock`);
  const server = await listenOn(ours);
  try {
    for (;;) {
      const highest = Math.max(0, ...(await lockNumbers(folder)));
      if (highest > 0 && (await isAlive(socketPath(folder, highest)))) {
        server.close();
        return null;
      }
      const mine = highest + 1;
      if (!(await linkUnlessThere(ours, socketPath(folder, mine)))) continue;
      const others = await lockNumbers(folder);
      if (others.every((number) => number <= mine)) {
        for (const dead of others) if (dead < mine) await rm(socketPath(folder, dead), { force: true });
        return server;
      }
      // Another process took a higher number meanwhile.
      await rm(socketPath(folder, mine), { force: true });
    }
  } catch (error) {
    server.close();
    throw error;
  } finally {
    await rm(ours, { force: true });
  }
}

function listenOn(path: string): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer((visitor) => visitor.destroy());
    server.once("error", fail);
    server.listen(path, () => {
      server.unref();
      done(server);
    });
  });
}

/** Returns true if a process listens. The operating system accepts the connection, so a busy or stopped process counts too. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((done) => {
    const visitor = connect(path);
    visitor.once("connect", () => {
      visitor.destroy();
      done(true);
    });
    // Nobody listens, or the file is gone. Any other error (no permission, queue full) means that a process listens.
    visitor.once("error", (error) => done(codeOf(error) !== "ECONNREFUSED" && codeOf(error) !== "ENOENT"));
  });
}

async function linkUnlessThere(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function lockNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => /^lock-(\d+)\.sock$/.exec(name)?.[1] ?? []).map(Number);
}

function socketPath(folder: string, number: number): string {
  return join(folder, `lock-${number}.sock`);
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

async function holderIn(note: string): Promise<{ pid: string; since: string }> {
  try {
    const { pid, since } = JSON.parse(await readFile(note, "utf8")) as { pid?: unknown; since?: unknown };
    return { pid: String(pid ?? "unknown"), since: String(since ?? "unknown") };
  } catch {
    // The other process has not written the note yet, or could not. The lock works without it.
    return { pid: "unknown", since: "unknown" };
  }
}

function inUse(home: string, holder: { pid: string; since: string }): CatalogueRefused {
  return new CatalogueRefused(
    "catalogue-in-use",
    { home, ...holder },
    `The catalogue in ${home} is in use by process ${holder.pid} (since ${holder.since}); wait for it, or set DATABASE_URL to a PostgreSQL database, where several can work at once.`,
  );
}
