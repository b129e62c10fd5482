import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { apiSettingsBesideConsole, serveApiBesideConsole } from "../../src/cli/everyday/api-beside-console.ts";
import { freePort } from "../faults/free-port.ts";
import { ownCatalogue, postgresql } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { fillHome } from "../support/embedded-template.ts";
import { moisson, startMoisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";
import { testServices } from "../support/test-services.ts";
import { until } from "../support/until.ts";

const now = "2026-11-25T04:00:00Z";

async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "moisson-api-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

/** Returns a port that is in use until the server closes. */
async function takenPort(): Promise<{ readonly port: string; readonly server: Server }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: String((server.address() as AddressInfo).port), server };
}

/** Waits until the stderr of a process matches, and returns it. */
async function says(child: ChildProcess, pattern: RegExp): Promise<string> {
  let said = "";
  child.stderr?.on("data", (bytes) => (said += bytes));
  onTestFinished(() => void child.kill("SIGKILL"));
  return until(`${pattern}`, () => pattern.test(said) && said, 60_000).catch((error) => expect.fail(`${error}: ${said}`));
}

async function stopped(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "close");
  child.kill("SIGTERM");
  return (await ended)[0];
}

const statusOf = async (url: string) => (await fetch(url)).status;

describe("moisson api", () => {
  it.skipIf(postgresql.skipped)(
    "serves until it is stopped, says where and whether it is well; a port that is taken is said in a line",
    async () => {
      const environment = {
        DATABASE_URL: await ownDatabase(),
        MOISSON_HOME: await temporaryHome(),
        MOISSON_API_PORT: String(await freePort()),
      };
      const child = startMoisson(["api"], environment);
      const said = await says(child, /API: .*\n/);
      const url = `http://127.0.0.1:${environment.MOISSON_API_PORT}`;
      expect(said).toBe(`API: ${url}/api/; Ctrl-C ends it\n`);
      const statuses = await Promise.all(
        ["/live", "/ready", "/api/", "/api/aids/", "/api/openapi.json"].map((path) => statusOf(`${url}${path}`)),
      );
      expect(statuses).toEqual([200, 200, 200, 200, 200]);

      const second = await moisson(["api"], environment);
      const line = `moisson: port ${environment.MOISSON_API_PORT} of 127.0.0.1 is taken; MOISSON_API_PORT chooses another\n`;
      expect(second).toEqual({ code: 1, stdout: "", stderr: line });

      const made = await moisson(["api", "token", "Ville de Nantes", "--by", "marie"], environment);
      expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^moisson_\S+\n$/) });
      const exchange = () => fetch(`${url}/api/connexion/`, { method: "POST", headers: { "x-auth-token": made.stdout.trim() } });
      const { token } = (await (await exchange()).json()) as { token: string };
      const read = () => fetch(`${url}/api/aids/`, { headers: { authorization: `Bearer ${token}` } });
      expect((await read()).headers.get("ratelimit-policy")).toBe('"key";q=600;w=60');
      expect((await moisson(["api", "token", "Ville de Nantes", "--revoke", "--by", "marie"], environment)).code).toBe(0);
      expect([(await read()).status, (await exchange()).status]).toEqual([401, 401]);
      expect(await stopped(child)).toBe(0);
    },
  );

  it("on the embedded catalogue it listens on this machine only; settings that are wrong have a line", async () => {
    const environment = { MOISSON_HOME: await temporaryHome() };
    const elsewhere = await moisson(["api"], { ...environment, MOISSON_API_HOST: "0.0.0.0" });
    expect(elsewhere).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^moisson: .*this machine only.*DATABASE_URL\n$/),
    });
    const wrong = await moisson(["api"], { ...environment, MOISSON_API_PORT: "off", MOISSON_API_PROXY: "maybe" });
    expect(wrong).toEqual({
      code: 2,
      stdout: "",
      stderr: "moisson: MOISSON_API_PORT: expected a port, 1 to 65535\nmoisson: MOISSON_API_PROXY: expected yes or no\n",
    });
  });

  it("the console serves it on the embedded catalogue too", async () => {
    const [port, consolePort] = [String(await freePort()), String(await freePort())];
    const environment = { MOISSON_HOME: await temporaryHome(), MOISSON_API_PORT: port, MOISSON_CONSOLE_PORT: consolePort };
    await fillHome(environment.MOISSON_HOME);
    const child = startMoisson(["console"], environment);
    expect(await says(child, /to get in: .*\n/)).toContain(`API: http://127.0.0.1:${port}/api/\n`);
    expect(await statusOf(`http://127.0.0.1:${port}/api/aids/`)).toBe(200);
    expect(await statusOf(`http://127.0.0.1:${consolePort}/connexion`)).toBe(200);
    expect(await stopped(child)).toBe(0);
    expect(apiSettingsBesideConsole({ MOISSON_API_PORT: "off" })).toBeNull();
    expect(() => apiSettingsBesideConsole({ MOISSON_API_HOST: "0.0.0.0" })).toThrow("this machine only");
  });

  it("the console continues without it if its port is in use, and says so", async () => {
    const [{ port, server }, catalogue, said] = [await takenPort(), await ownCatalogue(), [] as string[]];
    onTestFinished(() => void server.close());
    const settings = apiSettingsBesideConsole({ MOISSON_API_PORT: port });
    const given = { catalogue, services: testServices(catalogue), connectors: async () => [], settings };
    expect(await serveApiBesideConsole(given, { err: (text) => said.push(text) })).toBeNull();
    const line = `the API is not served: port ${port} of 127.0.0.1 is taken; MOISSON_API_PORT chooses another, or leaves it out (off)`;
    expect(said).toEqual([line]);
  });
});

describe("moisson api --sample", () => {
  /** Starts it with a folder for temporary files of its own. */
  async function sample() {
    const [folder, port] = [await temporaryHome(), String(await freePort())];
    const child = startMoisson(["api", "--sample"], {
      TMPDIR: folder,
      MOISSON_API_PORT: port,
      DATABASE_URL: "postgres://127.0.0.1:1/nothing",
    });
    let said = "";
    child.stdout.on("data", (bytes) => (said += bytes));
    onTestFinished(() => void child.kill("SIGKILL"));
    const kept = async () => (await readdir(folder)).filter((name) => name.startsWith("moisson"));
    const interrupted = async () => {
      const ended = once(child, "close");
      child.kill("SIGINT");
      return [(await ended)[0], await kept()];
    };
    return { url: `http://127.0.0.1:${port}`, said: () => said, kept, interrupted };
  }

  it("serves aids without a database, with a key and requests that work, and leaves nothing behind", async () => {
    const { url, said, interrupted } = await sample();
    await until("the sample is served", () => /^curl --request POST .*\n/m.test(said()), 90_000);
    expect(said()).toContain(`API: ${url}/api/ with `);
    for (const [, address = ""] of said().matchAll(/^(?:document|search page|open data): (\S+)$/gm))
      expect(await statusOf(address)).toBe(200);
    const [, first = "", second = ""] = /^curl '(.+)'\ncurl '(.+)'$/m.exec(said()) ?? [];
    for (const address of [first, second])
      expect(((await (await fetch(address)).json()) as { results: unknown[] }).results.length, address).toBeGreaterThan(0);
    const [, key = "", exchange = ""] = /^curl --request POST --header 'X-AUTH-TOKEN: (\S+)' (\S+)$/m.exec(said()) ?? [];
    expect(await (await fetch(exchange, { method: "POST", headers: { "x-auth-token": key } })).json()).toHaveProperty("token");
    expect(await interrupted()).toEqual([0, []]);
  }, 120_000);

  it("leaves nothing behind if it is stopped before it serves", async () => {
    const { kept, interrupted } = await sample();
    await until("its folder is there", async () => (await kept()).length > 0, 60_000);
    expect(await interrupted()).toEqual([0, []]);
  }, 90_000);
});

describe("moisson api token", () => {
  it("makes a key that is printed once, one for each name, and ends it; both are in the journal", async () => {
    const catalogue = await ownCatalogue();
    const say = (...args: string[]) => runCommandAt(now, catalogue, ".", ["api", "token", ...args]);
    const made = await say("le site", "--scope", "site", "--per-minute", "6000");
    expect(made).toMatchObject({ error: undefined, stdout: expect.stringMatching(/^moisson_[\w-]{43}\n$/) });
    expect(made.stderr).toMatch(/"le site", scope site, 6000 requests a minute; it is shown only once/);
    expect(await catalogue.apiTokens.findByKey(made.stdout.trim())).toMatchObject({ name: "le site", scope: "site", perMinute: 6000 });
    expect((await say("le site")).error).toMatchObject({ message: expect.stringContaining("already has a key") });
    expect((await say("le site", "--revoke")).stdout).toBe('revoked: key of "le site"\n');
    expect((await say("le site", "--revoke")).error).toMatchObject({ message: '"le site" has no valid key' });
    expect((await say("autre", "--scope", "all")).error).toMatchObject({ message: expect.stringContaining("reuse, site") });
    expect((await say("autre", "--per-minute", "0")).error).toMatchObject({ exitCode: 1 });
    expect((await say(" ")).error).toMatchObject({ name: "WrongUse" });
    const entries = await catalogue.audit.list({}, { limit: 9, offset: 0 });
    expect(entries.map(({ act, by, subject }) => [act, by, subject])).toEqual([
      ["api-key.revoke", "marie", "clé le site"],
      ["api-key.make", "marie", "clé le site"],
    ]);
    expect(JSON.stringify(entries)).not.toContain(made.stdout.trim());
  });
});
