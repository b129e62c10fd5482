import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { routes } from "../../../src/console/routes.ts";
import { actLabel } from "../../../src/french/acts.ts";
import { fieldNameOrKey } from "../../../src/french/fields.ts";
import { defaultRetention } from "../../../src/model/run/retention.ts";
import { newCatalogue, testDatabase, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";

const entry = { person: null, by: "Marie", act: "run.ask", subject: "connecteur un", details: { why: "a test" } };

describe.each(testedDatabases)("the audit trail on $title", ({ skipped, ...database }) => {
  it.skipIf(skipped)("cannot be changed, shortened or emptied, not even with SQL", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    const now = new Date();
    await catalogue.audit.add({ ...entry, at: now });
    for (const statement of [
      sql`update audit set by = 'somebody else'`,
      sql`delete from audit`,
      sql`truncate audit`,
      sql`truncate people, audit cascade`,
      sql`insert into audit (seq, at, by, act, details) overriding system value values (1, now(), 'x', 'x', '{}') on conflict (seq) do update set by = 'x'`,
    ])
      await expect(catalogue.store.rows(statement)).rejects.toThrow();
    const kept = { snapshots: 0, rejected: 0, staged: 0, runs: 0, digests: 0, letters: 0, revoked: 0, previews: 0, reports: 0, audit: 0 };
    const pruned = async () => {
      for await (const _ of catalogue.retention.prune(kept, new Date(now.getTime() + 1e12)));
    };
    await expect(pruned()).rejects.toThrow();
    await catalogue.attempts.prune(new Date(now.getTime() + 1e12), now);
    expect(await catalogue.audit.list({}, { limit: 9, offset: 0 })).toMatchObject([entry]);
    await catalogue.drop();
  });

  it.skipIf(skipped)("loses old entries only to prune, which declares how long they are kept", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    for (const year of [2020, 2021, 2022])
      await catalogue.audit.add({ ...entry, subject: `${year}`, at: new Date(`${year}-03-01T12:00:00Z`) });
    await expect(catalogue.store.rows(sql`delete from audit`)).rejects.toThrow();
    const deleteAll = catalogue.store.transaction(async (transaction) => {
      await transaction.rows(sql`select set_config('retention.audit_kept_since', '2021-06-01', true)`);
      await transaction.rows(sql`delete from audit`);
    });
    await expect(deleteAll).rejects.toThrow();
    const twoYears = { ...defaultRetention, audit: 730 };
    for await (const _ of catalogue.retention.prune(twoYears, new Date("2023-06-01T12:00:00Z")));
    expect((await catalogue.audit.list({}, { limit: 9, offset: 0 })).map(({ subject }) => subject)).toEqual(["2022"]);
    await catalogue.drop();
  });

  it.skipIf(skipped)("is filtered by person, act, subject and days in Paris", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    const add = (more: Partial<typeof entry> & { at?: Date }) => catalogue.audit.add({ ...entry, at: testNow, ...more });
    await add({ at: new Date("2026-11-24T22:59:59Z") });
    await add({ at: new Date("2026-11-24T23:00:00Z"), by: "Paul 100%", subject: "plan deux" });
    await add({ at: new Date("2026-11-25T23:00:00Z"), act: "plan.apply" });
    const count = async (filter: Parameters<typeof catalogue.audit.count>[0]) => catalogue.audit.count(filter);
    expect(await count({ from: "2026-11-25", to: "2026-11-25" })).toBe(1);
    expect(await count({ to: "2026-11-24" })).toBe(1);
    expect(await count({ by: "paul" })).toBe(1);
    expect(await count({ by: "%" })).toBe(1);
    expect(await count({ subject: "connecteur" })).toBe(2);
    expect(await count({ act: "plan.apply" })).toBe(1);
    await catalogue.drop();
  });
});

describe("the journal", () => {
  it("shows admins in French who did what on what, on the page and in a file", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = testConsole(catalogue);
    const [admin, ops] = [await console.as("admin", "Alix Admin"), await console.as("ops", "Omar Ops")];
    await admin.post(`/comptes/${ops.personId}/role`, { role: "bizdev", jusque: "2099-12-31" });
    const page = await admin.get("/journal");
    expect(page.html).toContain("Alix Admin");
    expect(page.html).toContain("a changé un rôle");
    expect(page.html).toContain("jusqu’au\u00a0: 31 décembre 2099");
    expect(page.html).toContain("rôle\u00a0: partenariats");
    expect((await admin.get("/journal.csv")).html).toContain("a changé un rôle");
    expect((await admin.get("/journal?acte=account.close")).html).toContain("Aucune entrée ne répond");
    expect((await ops.get("/journal")).status).toBe(403);
  });

  it("shows no key, no code and no id, but links to plans and runs", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const [planId, runId] = [randomUUID(), randomUUID()];
    const details = { keys: ["fields"], fields: ["externalId", "name"], run: runId, plan: planId, letter: randomUUID(), dryRun: true };
    await catalogue.audit.add({ ...entry, at: testNow, subject: `plan ${planId}`, details });
    const admin = await testConsole(catalogue).as("admin");
    const { html } = await admin.get("/journal");
    const row = /<tbody>[\s\S]*<\/tbody>/.exec(html)?.[0] ?? "";
    expect(row).toContain(`<a href="/plans/${planId}">plan</a>`);
    expect(row).toContain(`<a href="/collectes/${runId}">collecte</a>`);
    expect(row).toContain("à blanc\u00a0: oui");
    expect(row).toContain(`champs\u00a0: ${["externalId", "name"].map(fieldNameOrKey).join(", ")}`);
    const text = row.replace(/<[^>]*>/g, " ");
    expect(text).not.toMatch(/keys|letter|dryRun|externalId|[{}[\]]|[0-9a-f]{8}-/);
    expect((await admin.get("/journal.csv")).html).toContain(planId);
  });

  it("contains failed sign-ins, without password or full address", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = testConsole(catalogue);
    const nobody = await console.as("nobody");
    await nobody.post("/connexion", { adresse: "quelquun@exemple.fr", "mot-de-passe": "hunter2hunter2" });
    await nobody.post("/connexion", { adresse: "hunter2hunter2", "mot-de-passe": "quelquun@exemple.fr" });
    const trail = JSON.stringify(await catalogue.audit.list({}, { limit: 9, offset: 0 }));
    expect(trail).toContain("account.sign-in-failed");
    expect(trail).toContain("qu…@exemple.fr");
    expect(trail).not.toContain("quelquun");
    expect(trail).not.toContain("hunter2");
  });

  it("has a French label for every act", () => {
    const acts = new Set(routes.flatMap((route) => (route.method === "post" && route.act !== null ? [route.act] : [])));
    expect([...acts].filter((act) => actLabel(act) === act)).toEqual([]);
  });
});
