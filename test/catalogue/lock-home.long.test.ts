import { mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { lockHome } from "../../src/catalogue/connection/lock-home.ts";
import { CatalogueRefused } from "../../src/catalogue/connection/storage-failure.ts";
import { type StartedScript, startScript } from "../support/child-process.ts";
import { sha256 } from "../support/made-aids.ts";

describe("the lock of the embedded catalogue", () => {
  let home: string;
  let started: StartedScript[];
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "moisson-lock-"));
    started = [];
  });
  afterEach(async () => {
    for (const script of started) await script.kill();
    await rm(home, { recursive: true, force: true });
  });

  function start(what: "lock" | "open", folder = home): StartedScript {
    const script = startScript("lock-home-until-killed.ts", [what, folder]);
    started.push(script);
    return script;
  }

  test("a second process is refused in one line that names the first and DATABASE_URL; after kill -9 the next one gets the lock at once", async () => {
    const first = start("lock");
    expect(await first.nextLine()).toBe("held");
    const refused = await lockHome(home).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CatalogueRefused);
    expect(refused).toMatchObject({ code: "catalogue-in-use", params: { home, pid: String(first.child.pid) } });
    const { message } = refused as CatalogueRefused;
    expect(message).toContain(`process ${first.child.pid}`);
    expect(message).toContain("DATABASE_URL");
    expect(message).not.toContain("\n");

    await first.kill();
    const unlock = await lockHome(home);
    await unlock();
  });

  test("a stopped or busy process keeps the lock", async () => {
    const first = start("lock");
    expect(await first.nextLine()).toBe("held");
    first.child.kill("SIGSTOP");
    await expect(lockHome(home)).rejects.toMatchObject({ code: "catalogue-in-use" });
  });

  test("of several processes that find a dead lock at once, one gets it", async () => {
    const dead = start("lock");
    expect(await dead.nextLine()).toBe("held");
    await dead.kill();
    const contenders = [start("lock"), start("lock"), start("lock"), start("lock")];
    const said = await Promise.all(contenders.map((contender) => contender.nextLine()));
    expect(said.filter((line) => line === "held")).toHaveLength(1);
    expect(said.filter((line) => line?.startsWith("refused"))).toHaveLength(3);
  });

  test("of fifty processes that start at once, repeatedly, two never have the lock together", async () => {
    for (let round = 0; round < 10; round++) {
      const asked = await Promise.allSettled(Array.from({ length: 50 }, () => lockHome(home)));
      const holders = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      expect(holders).toHaveLength(1);
      for (const unlock of holders) await unlock();
    }
    expect(await readdir(home)).toHaveLength(1);
  });

  test("a home whose path is too long for a socket can be locked", async () => {
    const long = join(home, "d".repeat(120));
    await mkdir(long);
    // Where the lock is created instead.
    const elsewhere = join("/tmp", `moisson-${sha256(await realpath(long)).slice(0, 16)}`);
    onTestFinished(() => rm(elsewhere, { recursive: true }));
    const first = start("lock", long);
    expect(await first.nextLine()).toBe("held");
    await expect(lockHome(long)).rejects.toMatchObject({ code: "catalogue-in-use" });
    await first.kill();
    const unlock = await lockHome(long);
    await unlock();
  });

  test("two names of one folder share a lock", async () => {
    const unlock = await lockHome(home);
    await expect(lockHome(join(home, "..", home.split("/").at(-1) ?? ""))).rejects.toMatchObject({ code: "catalogue-in-use" });
    await unlock();
  });

  test("a catalogue whose process was killed opens at once; a catalogue in use is refused", async () => {
    const first = start("open");
    expect(await first.nextLine()).toBe("held");
    const second = start("open");
    expect(await second.nextLine()).toMatch(/^refused The catalogue in .* is in use by process \d+/);
    await first.kill();
    const third = start("open");
    expect(await third.nextLine()).toBe("held");
  });
});
