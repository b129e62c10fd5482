import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type ActRoute, CannotDo } from "../../../src/console/route.ts";
import { routes } from "../../../src/console/routes.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";

const route = (path: string, perform: ActRoute["perform"]): ActRoute => ({
  method: "post",
  path,
  who: "bizdev",
  act: "plan.apply",
  perform,
});
const done = { message: null, to: "/", subject: "plan fait" } as const;

describe.each(testedDatabases)("the audit trail of unfinished acts, on $title", ({ skipped, ...database }) => {
  it.skipIf(skipped)("shows an act whose process died and one that failed halfway, but no refused act", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    let isReached: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      isReached = resolve;
    });
    const acts = [
      route("/faits/:nom", async () => done),
      route("/meurt/:nom", () => {
        isReached();
        return new Promise(() => undefined);
      }),
      route("/echoue/:nom", async (visit) => {
        await visit.catalogue.schedule.pause({ connector: "un", by: "Marie", at: visit.now, reason: null });
        throw new Error("the rest of it failed");
      }),
      route("/refuse/:nom", async () => {
        throw new CannotDo("Non.");
      }),
      route("/formulaire/:nom", async () => ({ title: "Encore", content: "" })),
      { ...route("/lettre/:jeton/essai", async () => Promise.reject(new Error("x"))), who: "anyone" } as ActRoute,
    ];
    const marie = await testConsole(catalogue, { routes: acts }).as("bizdev", "Marie");
    expect((await marie.post("/faits/a")).status).toBe(303);
    void marie.post("/meurt/b");
    await reached;
    const failed = await marie.post("/echoue/c");
    expect([failed.status, failed.html]).toEqual([500, expect.stringContaining("vérifiez si elle a été faite")]);
    expect((await marie.post("/refuse/d")).status).toBe(422);
    expect((await marie.post("/formulaire/e")).status).toBe(200);
    await marie.post("/lettre/secret-du-courrier/essai");

    const told = await catalogue.audit.list({}, { limit: 9, offset: 0 });
    expect(told.map(({ by, subject, isUnfinished, details }) => [by, subject, isUnfinished, details])).toEqual([
      ["Marie", null, true, { address: "/lettre/…/essai" }],
      ["Marie", null, true, { address: "/echoue/c" }],
      ["Marie", null, true, { address: "/meurt/b" }],
      ["Marie", "plan fait", false, {}],
    ]);
    expect(await catalogue.audit.count({})).toBe(4);
    expect(await catalogue.audit.count({ isUnfinished: true })).toBe(3);
    expect(JSON.stringify(await catalogue.store.rows(sql`select details from audit`))).not.toContain("secret");
    const journal = async (minutes: number) =>
      (await testConsole(catalogue, { routes, now: new Date(testNow.getTime() + minutes * 60_000) }).as("admin")).get(
        "/journal?etat=inacheve",
      );
    expect((await journal(1)).html.match(/>en cours</g)).toHaveLength(3);
    expect((await journal(5)).html.match(/>non achevé</g)?.length).toBeGreaterThanOrEqual(3);
    await catalogue.drop();
  });

  it.skipIf(skipped)("limits the entries of anonymous visitors", async () => {
    const catalogue = await newCatalogue({ skipped, ...database });
    const nobody = await testConsole(catalogue).as("nobody");
    const statuses = new Set<number>();
    for (let time = 0; time < 210; time++) statuses.add((await nobody.post("/mot-de-passe/aucun")).status);
    expect([...statuses]).toEqual([404, 429]);
    const [rows] = await catalogue.store.rows<{ count: number }>(sql`select count(*)::int as count from audit`);
    expect(rows?.count).toBe(400);
    expect(await catalogue.audit.count({})).toBe(0);
    await catalogue.drop();
  });
});
