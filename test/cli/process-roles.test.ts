import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { roleOf } from "../../src/catalogue/schema/database-roles.ts";
import type { Finding } from "../../src/cli/operation/doctor/finding.ts";
import { readJobSettings } from "../../src/jobs/job-settings.ts";
import { noQueue } from "../../src/jobs/queue/no-queue.ts";
import { openRunQueue } from "../../src/jobs/queue/open-run-queue.ts";
import { readConfig } from "../../src/platform/config.ts";
import { type ServerProcess, serverProcesses } from "../../src/platform/process-variables.ts";
import { freePort } from "../faults/free-port.ts";
import { postgresql } from "../support/catalogues.ts";
import { importAids, madeAid } from "../support/made-aids.ts";
import { moisson } from "../support/moisson.ts";
import { catalogueWithRoles } from "../support/process-roles.ts";
import { serverProcess } from "../support/server-process.ts";

describe.skipIf(postgresql.skipped)("processes with database roles of their own", () => {
  it("moisson api and moisson public need nothing but DATABASE_URL with their role", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    await importAids(owner, "region", [madeAid("1", { importShareLicence: "openlicence20", name: "Un toit pour tous" })]);
    await owner.store.rows(sql`update aids set status = 'published'`);
    await owner.search.bringIn();
    const [api, site] = await Promise.all([
      serverProcess(["api"], { DATABASE_URL: urlOf("api"), MOISSON_API_PORT: String(await freePort()) }),
      serverProcess(["public"], { DATABASE_URL: urlOf("public"), MOISSON_PUBLIC_PORT: String(await freePort()) }),
    ]);
    expect((await fetch(`${api.url}/ready`)).status).toBe(200);
    const aids = await fetch(`${api.url}/api/aids/`);
    expect([aids.status, await aids.text()]).toEqual([200, expect.stringContaining("Un toit pour tous")]);
    const guide = await fetch(`${site.url}/publier-ses-aides`);
    expect([guide.status, await guide.text()]).toEqual([200, expect.stringContaining("</html>")]);
    const letter = await fetch(`${site.url}/lettre/an-address-that-does-not-exist`);
    expect(letter.status).toBe(404);
    for (const { said } of [api, site]) expect(said()).not.toMatch(/denied|"level":50/);
  });

  it("moisson doctor judges what the role of each process may do", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    const doctor = async (process: ServerProcess) => {
      const { code, stdout } = await moisson(["doctor", "--json"], { DATABASE_URL: urlOf(process) });
      const { findings } = JSON.parse(stdout) as { findings: Finding[] };
      const errors = findings
        .filter(({ state }) => state === "error")
        .map(({ check, message, advice }) => `${check}: ${message} -> ${advice}`);
      return { code, errors, role: findings.find(({ check }) => check === "role")?.message };
    };
    for (const process of serverProcesses) {
      const role = `${roleOf(process)} may do everything that \`moisson ${process}\` does`;
      expect(await doctor(process)).toEqual({ code: 0, errors: [], role });
    }
    const advice = "as the owner of the tables: moisson db migrate --roles";
    await owner.store.rows(sql`revoke select on aids from moisson_api`);
    await owner.store.rows(sql`revoke update (seen_at) on shared_previews from moisson_public`);
    await owner.store.rows(sql`revoke usage on sequence history_batches from moisson_console`);
    await owner.store.rows(sql`revoke delete on runs from moisson_worker`);
    const lacking = ["select on aids", "update on shared_previews (seen_at)", "usage on history_batches", "delete on runs"];
    for (const [index, process] of serverProcesses.entries()) {
      const error = `role: ${roleOf(process)} lacks ${lacking[index]} -> ${advice}`;
      expect(await doctor(process)).toMatchObject({ code: 1, errors: [error] });
    }
    await owner.roles.update({});
    for (const process of serverProcesses) expect((await doctor(process)).errors).toEqual([]);
  });

  it("without Redis, the queue belongs to the workers, whoever asks for it first", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    const ownerOf = async () =>
      (
        await owner.store.rows<{ owner: string }>(sql`
      select nspowner::regrole::text as owner from pg_namespace where nspname = 'moisson_queue'`)
      )[0]?.owner;
    const open = async (DATABASE_URL: string) => {
      const queue = await openRunQueue(readConfig({ DATABASE_URL }), readJobSettings({}));
      await queue.close();
      return queue.kind;
    };
    expect((await moisson(["doctor"], { DATABASE_URL: owner.databaseUrl ?? "" })).stdout).toMatch(
      /^ok +queue .*the first worker creates it$/m,
    );
    expect([await open(owner.databaseUrl ?? ""), await open(urlOf("console"))]).toEqual([noQueue.kind, noQueue.kind]);
    expect(await ownerOf()).toBeUndefined();
    expect(await open(urlOf("worker"))).toBe("postgresql");
    expect(await ownerOf()).toBe("moisson_worker");
    expect(await open(urlOf("console"))).toBe(noQueue.kind);

    await owner.store.rows(sql`drop schema moisson_queue cascade`);
    await owner.store.rows(sql`create schema moisson_queue`);
    const { code, stderr } = await moisson(["worker"], { DATABASE_URL: urlOf("worker") });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("belongs to another user. As the owner of the tables: `moisson db migrate --roles`"),
    ]);
    await owner.roles.update({});
    expect(await open(urlOf("worker"))).toBe("postgresql");
  });

  it("moisson db move refuses the role of a process, which must not own the tables", async () => {
    const { urlOf } = await catalogueWithRoles();
    expect(await moisson(["db", "move"], { DATABASE_URL: urlOf("worker") })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^moisson: moisson_worker is the role of `moisson worker`, and must not own the tables/),
    });
  });

  it("moisson doctor compares a worker's secret with the keys of servers only, because it may not read second factors", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    const at = new Date("2026-11-25T03:00:00Z");
    await owner.secrets.save({ name: "CLE", by: "Marie", at }, "s3cret", ["a key that is lost in the tests"]);
    const { code, stdout } = await moisson(["doctor"], { DATABASE_URL: urlOf("worker"), MOISSON_SECRET: "another key of the tests" });
    expect(stdout).toMatch(/^error +secret +1 encrypted values/m);
    expect(code).toBe(1);
  });
});
