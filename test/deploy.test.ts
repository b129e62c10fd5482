import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { canDump } from "./support/backup-tools.ts";
import { projectRoot } from "./support/loaded-connectors.ts";
import { moisson } from "./support/moisson.ts";
import { ownDatabase } from "./support/test-databases.ts";

const execute = promisify(execFile);
const folder = join(projectRoot, "deploy");
const units = (await readdir(folder)).filter((name) => name.endsWith(".service"));
const noSystemd = !existsSync("/usr/bin/systemd-analyze") || !existsSync("/usr/bin/node");

describe.each(units)("deploy/%s", (name) => {
  test("starts a command of Moisson as an own user that can change nothing of the machine", async () => {
    const unit = await readFile(join(folder, name), "utf8");
    const command = /^ExecStart=\/usr\/bin\/node (?:--\S+ )*dist\/src\/cli\/main\.js (\S+)$/m.exec(unit)?.[1] ?? "";
    expect(await moisson([command, "--help"])).toMatchObject({ code: 0, stdout: expect.stringContaining(`Usage: moisson ${command}`) });
    for (const line of ["User=moisson", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "Restart=always"])
      expect(unit.split("\n")).toContain(line);
    expect(unit).toMatch(/^MemoryMax=\d+G$/m);
    expect(unit).toMatch(new RegExp(`^EnvironmentFile=/etc/moisson/${command}\\.env$`, "m"));
  });

  test.skipIf(noSystemd)("is correct for systemd, and exposes little", async () => {
    expect(await execute("systemd-analyze", ["verify", join(folder, name)])).toEqual({ stdout: "", stderr: "" });
    const { stdout } = await execute("systemd-analyze", ["security", "--offline=true", join(folder, name)]);
    expect(Number(/exposure level for .*: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
  });
});

const dumps = await canDump();

const title = dumps ? "deploy/check-backup.sh" : "deploy/check-backup.sh (SKIPPED: there is no pg_dump of the server's version)";
describe.skipIf(!dumps)(title, { timeout: 180_000 }, () => {
  const environmentOf = (DATABASE_URL: string) => ({
    ...process.env,
    DATABASE_URL,
    MOISSON: `${process.execPath} --import tsx src/cli/main.ts`,
    MOISSON_NOW: "2026-11-25T03:00:00Z",
  });
  const feed = ["departement-drome", "--file", "fixtures/departement-drome/null-keys-and-announced-total-differs.json"];

  test("restores the backup, compares it with the catalogue, and leaves only the dump", async () => {
    const url = await ownDatabase();
    const place = await mkdtemp(join(tmpdir(), "moisson-backup-"));
    onTestFinished(() => rm(place, { recursive: true, force: true }));
    await moisson(["run", ...feed], { DATABASE_URL: url, MOISSON_NOW: "2026-11-25T03:00:00Z" });
    const options = { cwd: projectRoot, env: environmentOf(url) };
    const { stdout, stderr } = await execute("deploy/check-backup.sh", [join(place, "moisson.dump")], options);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/moisson\.dump: restored and compared: \d{2} tables, export of \d{4,} bytes equal\n$/);
    expect(await readdir(place)).toEqual(["moisson.dump"]);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    const { rows } = await client.query("select datname from pg_database where datname like 'moisson_check_%'");
    expect(rows).toEqual([]);
  });

  test("keeps no dump of a catalogue that it could not restore and compare", async () => {
    const place = await mkdtemp(join(tmpdir(), "moisson-backup-"));
    onTestFinished(() => rm(place, { recursive: true, force: true }));
    const env = { ...environmentOf(await ownDatabase()), MOISSON: "/bin/false" };
    const failed = execute("deploy/check-backup.sh", [join(place, "moisson.dump")], { cwd: projectRoot, env });
    await expect(failed).rejects.toMatchObject({ code: 1 });
    expect(await readdir(place)).toEqual([]);
  });
});

describe("compose.yaml", () => {
  interface Service {
    readonly image: string;
    readonly mem_limit?: string;
    readonly read_only?: boolean;
    readonly cap_drop?: readonly string[];
    readonly volumes?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  }
  const servicesOf = async (file: string) => {
    const text = await readFile(join(projectRoot, file), "utf8");
    return (parse(text, { merge: true }) as { services: Readonly<Record<string, Service>> }).services;
  };

  test("limits the memory of every service; ours write nothing but downloads", async () => {
    const services = Object.entries(await servicesOf("compose.yaml"));
    expect(services.length).toBeGreaterThan(4);
    for (const [name, { image, mem_limit, read_only, cap_drop, volumes }] of services) {
      expect(mem_limit, name).toMatch(/^\d+[gm]$/);
      if (image === "moisson")
        expect({ read_only, cap_drop, volumes }, name).toEqual({ read_only: true, cap_drop: ["ALL"], volumes: ["/tmp"] });
    }
    const dockerfile = await readFile(join(projectRoot, "Dockerfile"), "utf8");
    expect(/^USER (\S+)$/m.exec(dockerfile.slice(dockerfile.lastIndexOf("FROM ")))?.[1]).toBe("node");
    expect((await readFile(join(projectRoot, ".gitignore"), "utf8")).split("\n")).toContain(".env");
    expect((await readFile(join(projectRoot, ".dockerignore"), "utf8")).split("\n")).toContain(".env*");
  });

  test("gives workers the addresses of the links in mails, and each public address to every service that needs it", async () => {
    const services = await servicesOf("compose.yaml");
    const wanted = {
      worker: ["MOISSON_CONSOLE_URL", "MOISSON_PUBLIC_URL", "MOISSON_CONSOLE_CONTACT", "MOISSON_API_URL"],
      console: ["MOISSON_CONSOLE_URL", "MOISSON_PUBLIC_URL"],
      public: ["MOISSON_PUBLIC_URL", "MOISSON_PUBLIC_OIDC_ISSUER", "MOISSON_PUBLIC_OIDC_CLIENT_SECRET"],
      api: ["MOISSON_API_URL", "MOISSON_PUBLIC_URL", "MOISSON_API_SEARCH"],
    };
    for (const [name, variables] of Object.entries(wanted)) {
      const environment = services[name]?.environment ?? {};
      for (const variable of variables) expect(environment[variable], `${name} ${variable}`).toContain(`\${${variable}:-`);
    }
  });

  test("has a mount for own connectors, in every service that reads connectors", async () => {
    const own = await servicesOf("deploy/compose.own-connectors.yaml");
    const all = await servicesOf("compose.yaml");
    for (const [name, service] of Object.entries(own)) {
      expect(all[name]?.image).toBe("moisson");
      expect(service.volumes).toEqual([expect.stringMatching(/:\/own:ro$/)]);
      expect(service.environment).toEqual({ MOISSON_CONNECTORS: "/own" });
    }
  });
});
