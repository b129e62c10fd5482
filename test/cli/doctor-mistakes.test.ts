import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { checkRights } from "../../src/cli/operation/doctor/check-machine.ts";
import { mistakesIn } from "../support/doctor.ts";
import { moisson } from "../support/moisson.ts";

const noHome = { MOISSON_HOME: "/nonexistent/moisson" };
const oidcOf = (prefix: string, issuer: string) => ({
  [`${prefix}ISSUER`]: issuer,
  [`${prefix}CLIENT_ID`]: "moisson",
  [`${prefix}CLIENT_SECRET`]: "s3cret",
});

/** Returns the address of a server that answers every request with this page. */
async function page(text: string): Promise<string> {
  const server = createServer((_, response) => response.end(text));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("moisson doctor", () => {
  test("finds mistyped variables, and says how to write them", async () => {
    const found = await mistakesIn({
      ...noHome,
      MOISSON_SMPT_URL: "smtp://mail",
      MOISON_SECRET: "0123456789abcdef",
      MOISSON_OIDC_CLIENTID: "moisson",
      MOISSON_WHATEVER_IT_IS: "yes",
      MOISSON_URL_DEPARTEMENT_DROM: "https://example.org/aides.csv",
      MOISSON_URL_DEPARTEMENT_MANCHE: "example.org/aides.csv",
      MOISSON_CONSOLE_NAME: '"Moisson"',
      MOISSON_SECRET: "0123456789abcdef\r",
      HTTPS_PROXY: "http://proxy.example.fr:3128",
      DATABSE_URL: "postgres://localhost/moisson",
      AIDES_TERRITOIRES_KEY: "a secret of a feed",
    });
    const variables = found.filter((line) => line.startsWith("variable: "));
    expect(variables).toEqual([
      "variable: unknown variable DATABSE_URL; did you mean DATABASE_URL? -> rename DATABSE_URL to DATABASE_URL",
      "variable: unknown variable MOISON_SECRET; did you mean MOISSON_SECRET? -> rename MOISON_SECRET to MOISSON_SECRET",
      "variable: unknown variable MOISSON_OIDC_CLIENTID; did you mean MOISSON_OIDC_CLIENT_ID? -> rename MOISSON_OIDC_CLIENTID to MOISSON_OIDC_CLIENT_ID",
      "variable: unknown variable MOISSON_SMPT_URL; did you mean MOISSON_SMTP_URL? -> rename MOISSON_SMPT_URL to MOISSON_SMTP_URL",
      "variable: unknown variable MOISSON_URL_DEPARTEMENT_DROM; did you mean MOISSON_URL_DEPARTEMENT_DROME? -> rename MOISSON_URL_DEPARTEMENT_DROM to MOISSON_URL_DEPARTEMENT_DROME",
      "variable: unknown variable MOISSON_WHATEVER_IT_IS -> remove MOISSON_WHATEVER_IT_IS",
      "variable: MOISSON_URL_DEPARTEMENT_MANCHE is not an address -> write MOISSON_URL_DEPARTEMENT_MANCHE=https://…",
      "variable: MOISSON_CONSOLE_NAME begins and ends with a quotation mark -> write MOISSON_CONSOLE_NAME=value without them",
      "variable: MOISSON_SECRET begins or ends with a blank or a line end -> write MOISSON_SECRET again without it",
      "variable: HTTPS_PROXY has no effect: Moisson connects directly to feeds, mail and sign-ins -> allow this machine to connect to them, and remove HTTPS_PROXY",
    ]);
  });

  test("finds half-set external sign-ins of colleagues and of publishers, and a placeholder", async () => {
    const found = await mistakesIn({
      ...noHome,
      MOISSON_SECRET: "<the output of: openssl rand -base64 32>",
      MOISSON_CONSOLE_URL: "https://moisson.example.fr",
      MOISSON_PUBLIC_URL: "https://aides.example.fr",
      MOISSON_OIDC_ISSUER: "https://issuer.example.fr",
      MOISSON_PUBLIC_OIDC_CLIENT_ID: "moisson",
    });
    for (const name of [
      "MOISSON_OIDC_CLIENT_ID",
      "MOISSON_OIDC_CLIENT_SECRET",
      "MOISSON_PUBLIC_OIDC_ISSUER",
      "MOISSON_PUBLIC_OIDC_CLIENT_SECRET",
    ])
      expect(found).toContainEqual(expect.stringContaining(`settings: ${name}: required with the other settings of OpenID Connect -> `));
    expect(found).toContainEqual(expect.stringContaining("MOISSON_SECRET contains a placeholder of the documentation -> "));
  });

  test("says how addresses without a scheme must begin", async () => {
    const names = ["MOISSON_CONSOLE_URL", "MOISSON_PUBLIC_URL", "MOISSON_API_URL"];
    const found = await mistakesIn({ ...noHome, ...Object.fromEntries(names.map((name) => [name, "moisson.example.fr"])) });
    for (const name of names)
      expect(found).toContainEqual(
        expect.stringMatching(`^settings: ${name}: expected an address that begins with http:// or https:// -> correct`),
      );
  });

  test("finds files of settings that other users may read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "moisson-settings-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const [name, mode] of [
      ["api.env", 0o600],
      ["worker.env", 0o640],
      ["README", 0o644],
    ] as const) {
      await writeFile(join(folder, name), "");
      await chmod(join(folder, name), mode);
    }
    const file = join(folder, "worker.env");
    expect(await checkRights(folder)).toEqual([
      { check: "rights", state: "warning", message: `other users may read or change ${file}`, advice: `chmod 600 ${file}` },
    ]);
    expect(await checkRights(join(folder, "missing"))).toEqual([]);
  });

  test("finds a folder for downloads that cannot be written", async () => {
    vi.stubEnv("TMPDIR", "/nonexistent/tmp");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await mistakesIn(noHome)).toContain(
      "disk: downloads cannot be written to /nonexistent/tmp (ENOENT) -> make the folder writable for this user, or correct TMPDIR",
    );
  });

  test("finds settings that are valid one by one and wrong together", async () => {
    const found = await mistakesIn({
      ...noHome,
      REDIS_URL: "redis://127.0.0.1:1",
      MOISSON_NOW: "2026-11-25T02:00:00Z",
      MOISSON_CONSOLE_URL: "https://moisson.example.fr",
      MOISSON_PUBLIC_URL: "https://moisson.example.fr/",
      MOISSON_API_URL: "http://api.example.fr",
      MOISSON_API_PORT: "3000",
      MOISSON_RUNS_AT_ONCE: "99",
      MOISSON_PROCESS_MEMORY_MB: "99999",
    });
    expect(found).toEqual(
      expect.arrayContaining([
        "clock: MOISSON_NOW stops the clock of every process -> remove MOISSON_NOW",
        "redis: REDIS_URL has no effect on the embedded catalogue -> set DATABASE_URL, or remove REDIS_URL",
        expect.stringMatching(/^address: MOISSON_PUBLIC_URL and MOISSON_CONSOLE_URL are the same address -> give/),
        expect.stringMatching(/^address: all visitors count as one client: MOISSON_CONSOLE_URL .* -> set MOISSON_CONSOLE_PROXY=yes$/),
        expect.stringMatching(/^address: .* unencrypted: MOISSON_API_URL begins with http:\/\/ -> use https:\/\/ in MOISSON_API_URL$/),
        "port: MOISSON_CONSOLE_PORT and MOISSON_API_PORT are both 3000 on 127.0.0.1 -> write another port into MOISSON_API_PORT",
        expect.stringMatching(/^memory: the runs of one worker may use 9899901 MB, and this machine has \d+ MB -> lower/),
      ]),
    );
  });

  test("asks the issuer of each external sign-in for its metadata", async () => {
    const silent = "http://127.0.0.1:1";
    const other = await page("<h1>Bienvenue</h1>");
    const found = await mistakesIn({
      ...noHome,
      MOISSON_CONSOLE_URL: "http://localhost:3000",
      ...oidcOf("MOISSON_OIDC_", silent),
      ...oidcOf("MOISSON_PUBLIC_OIDC_", other),
    });
    const curl = "/.well-known/openid-configuration";
    expect(found.filter((line) => line.startsWith("sign-in"))).toEqual([
      `sign-in: MOISSON_OIDC_ISSUER: 127.0.0.1:1 does not answer -> correct MOISSON_OIDC_ISSUER, or the firewall: curl ${silent}${curl}`,
      `sign-in: MOISSON_PUBLIC_OIDC_ISSUER: ${new URL(other).host} does not answer as this issuer of OpenID Connect -> correct MOISSON_PUBLIC_OIDC_ISSUER, or the firewall: curl ${other}${curl}`,
    ]);
  });
});

test("a process names the variables that nothing reads when it starts", async () => {
  const { stderr } = await moisson(["api"], {
    ...noHome,
    MOISSON_SMPT_URL: "smtp://mail",
    MOISSON_URL_REGION_X: "https://x.fr",
    MOISSON_API_HOST: "0.0.0.0",
  });
  expect(stderr).toContain("ignored: unknown variable MOISSON_SMPT_URL; did you mean MOISSON_SMTP_URL?\n");
  expect(stderr).not.toContain("REGION_X");
});
