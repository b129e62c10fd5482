import { createServer } from "node:net";
import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { embeddedLimits } from "../../src/catalogue/outgrown-size.ts";
import { clockFinding, databaseFindings } from "../../src/cli/operation/doctor/check-catalogue.ts";
import { checkNode, diskFinding } from "../../src/cli/operation/doctor/check-machine.ts";
import type { Finding } from "../../src/cli/operation/doctor/finding.ts";
import { capture } from "../../src/kit/expressions/expression.ts";
import { text } from "../../src/kit/rules/texts.ts";
import { bothDatabases, embedded, newCatalogue, postgresql } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { testConsole } from "../support/console-client.ts";
import { smallDefinition } from "../support/harvest.ts";
import { moisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";

const now = "2026-11-25T03:00:00Z";
const noConnectors = "/";
const stateOf = (findings: readonly Finding[], check: string) =>
  findings.filter((finding) => finding.check === check).map(({ state }) => state);

test("names stored definitions that this version refuses, such as a pattern with a lookahead, and what to do", async () => {
  const catalogue = await newCatalogue(embedded);
  onTestFinished(() => catalogue.drop());
  const sound = smallDefinition("agence-neuve");
  const definition = { ...sound, fields: { ...sound.fields, name: text(capture("titre", "(?=.*eau)(.+)")) } };
  const made = { connector: "agence-neuve", changes: {}, terms: {}, why: "un essai", by: "Marie", at: new Date(now) };
  await catalogue.connectorVersions.add({ ...made, definition }, 0);
  const { stdout, exitCode } = await runCommandAt(now, catalogue, noConnectors, ["doctor"]);
  expect(stdout).toContain(
    'error    connectors   version 1 of agence-neuve, by Marie: fields.name.of.pattern: pattern "(?=.*eau)(.+)": "(?=.*eau)(.+)" is a lookahead inside the pattern: write what follows after the group;',
  );
  expect(stdout).toContain("-> take back an earlier version on the console's page /connecteurs/agence-neuve/versions");
  expect(exitCode).toBe(1);
});

describe.each(bothDatabases)("moisson doctor, $title", (database) => {
  test.skipIf(database.skipped)("finds nothing wrong in a new catalogue except that no worker has run, and changes nothing", async () => {
    const catalogue = await newCatalogue(database);
    onTestFinished(() => catalogue.drop());
    const { stdout, exitCode } = await runCommandAt(now, catalogue, noConnectors, ["doctor", "--json"]);
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    expect(stateOf(findings, "catalogue")).toEqual(["ok"]);
    expect(findings.filter(({ state }) => state === "error")).toEqual([]);
    expect(findings).toContainEqual(expect.objectContaining({ check: "schedule", state: "warning", message: "no worker has run yet" }));
    expect(exitCode).toBeUndefined();
    expect(await catalogue.runs.list({ limit: 1 })).toEqual([]);
  });

  test.skipIf(database.skipped)("warns for a day that a wrong clock recorded due times in the future", async () => {
    const catalogue = await newCatalogue(database);
    onTestFinished(() => catalogue.drop());
    const at = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000);
    await catalogue.schedule.claim("region-a", at(20));
    await catalogue.schedule.correctFutureDueTimes(at(0));
    const doctorAt = async (hours: number) => (await runCommandAt(at(hours).toISOString(), catalogue, noConnectors, ["doctor"])).stdout;
    expect(await doctorAt(1)).toMatch(
      /^warning {2}clock {8}a wrong clock recorded 1 due time in the future \(last day\): region-a -> compare/m,
    );
    expect(await doctorAt(25)).not.toContain("in the future");
  });

  test.skipIf(database.skipped)("names the workers that are sick, silent or about to end, and counts the others", async () => {
    const catalogue = await newCatalogue(database);
    onTestFinished(() => catalogue.drop());
    const own = { version: "0.3.0", migration: "0001", sickFor: null };
    for (const name of ["old", "silent"]) await catalogue.workers.hear({ ...own, name: `${name}.1`, migration: "0000" });
    await catalogue.store.rows(sql`update workers set heard_at = heard_at - interval '3 minutes' where name = 'silent.1'`);
    await catalogue.workers.askToLeave("0001");
    await catalogue.workers.hear({ ...own, name: "sick.1", sickFor: "temporary-disk-full" });
    await catalogue.workers.hear({ ...own, name: "well.1" });
    const { stdout, exitCode } = await runCommandAt(now, catalogue, noConnectors, ["doctor"]);
    for (const line of [
      /^ok {7}workers {6}1 running and well$/m,
      /^warning {2}workers {6}old\.1 \(version 0\.3\.0\) ends for the migration 0001 -> start the new version$/m,
      /^warning {2}workers {6}silent\.1 says nothing since .+ -> start it again/m,
      /^error {4}workers {6}sick\.1 takes no run since .+: .*temporary/m,
    ])
      expect(stdout).toMatch(line);
    expect(exitCode).toBe(1);
  });

  test.skipIf(database.skipped)("names encrypted values that no key can read, and exits with 1", async () => {
    const catalogue = await newCatalogue(database);
    onTestFinished(() => catalogue.drop());
    await catalogue.secrets.save({ name: "CLE", by: "Marie", at: new Date(now) }, "s3cret", ["a key that is lost in the tests"]);
    const { stdout, exitCode } = await runCommandAt(now, catalogue, noConnectors, ["doctor"], {
      MOISSON_SECRET: "another key of the tests",
    });
    expect(stdout).toMatch(/^error {4}secret {7}1 encrypted values and 0 traces of forgotten people cannot be used -> set MOISSON_SECRET/m);
    expect(exitCode).toBe(1);
  });
});

test("moisson doctor creates no catalogue, and reports invalid settings of every process", async () => {
  const home = { MOISSON_HOME: "/nonexistent/moisson" };
  const { code, stdout } = await moisson(["doctor"], {
    ...home,
    MOISSON_TICK_SECONDS: "soon",
    MOISSON_API_PORT: "0",
    MOISSON_SMTP_URL: "smtp://mail",
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^warning {2}catalogue {4}none in \/nonexistent\/moisson -> /m);
  for (const variable of ["MOISSON_TICK_SECONDS", "MOISSON_API_PORT", "MOISSON_DIGEST_FROM"])
    expect(stdout).toMatch(new RegExp(`^error +settings +${variable}: `, "m"));
  expect((await moisson(["doctor"], home)).code).toBe(0);
});

test("moisson doctor says what is wrong with DATABASE_URL", async () => {
  const { stdout } = await moisson(["doctor"], {
    DATABASE_URL: "postgres://moisson:s3cret@127.0.0.1:1/moisson",
    MOISSON_HOME: "/nonexistent/moisson",
  });
  expect(stdout).toMatch(/^warning {2}catalogue {4}MOISSON_HOME has no effect beside DATABASE_URL -> remove MOISSON_HOME/m);
  expect(stdout).toMatch(
    /^error {4}catalogue {4}the catalogue's storage failed: no server answers at the address in DATABASE_URL \(ECONNREFUSED\) -> /m,
  );
});

test("moisson doctor says what to do if the host in DATABASE_URL is unknown, as after an @ in a password", async () => {
  const { stdout } = await moisson(["doctor"], { DATABASE_URL: "postgres://moisson:p@ss@db.invalid:1/moisson" });
  expect(stdout).toMatch(/^error {4}catalogue {4}.*\(ENOTFOUND\) -> correct the host in DATABASE_URL; in a password, write @ as %40/m);
});

test.skipIf(postgresql.skipped)("moisson doctor says how to create a database that does not exist", async () => {
  const url = new URL(await ownDatabase());
  url.pathname = "/moisson_missing";
  const { stdout } = await moisson(["doctor"], { DATABASE_URL: url.href });
  expect(stdout).toMatch(/^error {4}catalogue {4}.*\(3D000\) -> correct the name .*, or create the database: createdb --owner/m);
});

test("moisson doctor connects to addresses and the mail server, and never shows a path or password", async () => {
  const server = createServer((socket) => socket.on("error", () => undefined).end("554 no service here\r\n"));
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
  );
  onTestFinished(() => void server.close());
  const environment = {
    MOISSON_HOME: "/nonexistent/moisson",
    HEARTBEAT_URL: `http://127.0.0.1:${port}/secret-path`,
    MOISSON_DIGEST_WEBHOOK: "http://127.0.0.1:1/hooks/secret-path",
    MOISSON_SMTP_URL: `smtp://user:secret-path@127.0.0.1:${port}`,
    MOISSON_DIGEST_FROM: "moisson@example.org",
    MOISSON_DIGEST_TO: "ops@example.org",
  };
  const { code, stdout, stderr } = await moisson(["doctor"], environment);
  expect(code).toBe(1);
  expect(stdout).toMatch(new RegExp(`^ok +address +HEARTBEAT_URL: 127.0.0.1:${port} accepts connections$`, "m"));
  expect(stdout).toMatch(/^error +address +MOISSON_DIGEST_WEBHOOK: 127.0.0.1:1 cannot be reached \(ECONNREFUSED\) -> /m);
  expect(stdout).toMatch(new RegExp(`^error +mail +127.0.0.1:${port}: `, "m"));
  expect(stdout + stderr).not.toContain("secret-path");
});

test("an embedded catalogue says when to move: in doctor, in runs, in the digest and on the console's first page", async () => {
  const catalogue = await newCatalogue(embedded);
  onTestFinished(() => catalogue.drop());
  const say = (...args: string[]) => runCommandAt(now, catalogue, noConnectors, args);
  const firstPage = async () => (await (await testConsole(catalogue).as("read")).get("/")).html.replace(/&nbsp;|[\u00a0\u202f]/g, " ");
  expect((await say("runs")).stderr).toBe("");
  expect(await firstPage()).not.toContain("moisson db move");
  await catalogue.store.rows(sql`
    insert into aids (aid_id, connector, external_id, revision, status, created_at, updated_at)
    select gen_random_uuid(), 'a', n::text, 1, 'published', now(), now() from generate_series(0, ${embeddedLimits.aids}::int) n`);
  const said = /the embedded catalogue contains 20001 aids \(\d\.\d GB\): move it to PostgreSQL/;
  expect((await say("runs")).stderr).toMatch(said);
  expect((await say("doctor")).stdout).toMatch(said);
  const inFrench = /Le catalogue intégré contient 20 001 aides \(0 Go\)[^.]*\.\s+Il est temps de le\s+déplacer dans PostgreSQL\./;
  expect((await say("digest")).stdout.replace(/[\u00a0\u202f]/g, " ")).toMatch(inFrench);
  expect(await firstPage()).toMatch(inFrench);
});

test("judges versions, rights, connections, the clock and free space", () => {
  expect([checkNode("20.18.0").state, checkNode("20.19.0").state, checkNode("22.0.0").state]).toEqual(["error", "ok", "ok"]);
  const facts = {
    version: "15.4",
    versionNumber: 150_004,
    now: new Date(),
    role: "moisson",
    isSuperuser: false,
    connections: 5,
    maxConnections: 100,
    autovacuum: true,
  };
  expect(databaseFindings(facts, []).map(({ state }) => state)).toEqual(["ok", "ok", "ok"]);
  expect(stateOf(databaseFindings({ ...facts, versionNumber: 140_009 }, []), "postgresql")).toEqual(["error"]);
  expect(stateOf(databaseFindings(facts, ["aids"]), "role")).toEqual(["error"]);
  expect(stateOf(databaseFindings({ ...facts, isSuperuser: true }, []), "role")).toEqual(["warning"]);
  expect(stateOf(databaseFindings({ ...facts, connections: 90 }, []), "connections")).toEqual(["warning"]);
  expect(stateOf(databaseFindings({ ...facts, autovacuum: false }, []), "autovacuum")).toEqual(["warning"]);
  expect([-1500, 5000, -60_000].map((difference) => clockFinding(difference).state)).toEqual(["ok", "warning", "error"]);
  expect([null, 5e9, 1e9, 1e8].map((free) => diskFinding("/tmp", free).state)).toEqual(["ok", "ok", "warning", "error"]);
});
