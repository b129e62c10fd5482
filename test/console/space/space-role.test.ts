import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { connectPostgresql } from "../../../src/catalogue/connection/connect-postgresql.ts";
import { openCatalogue } from "../../../src/catalogue/open-catalogue.ts";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { takePublisherFiles } from "../../../src/jobs/tasks/take-publisher-files.ts";
import { postgresql } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { testNow } from "../../support/made-aids.ts";
import { catalogueWithRoles } from "../../support/process-roles.ts";
import { wholeEntry } from "../entry/entered-file.ts";
import { madeLetter, record } from "../letters/answered-letters.ts";
import { applyWaitingActs, publisherWithAids } from "./publishers-with-aids.ts";

/** Statements that the public process must not perform, even if somebody injects SQL. */
const forbidden = [
  "insert into publisher_accounts (id, publisher, email, name, invited_by, invited_at) select gen_random_uuid(), id, 'x', 'x', 'x', now() from publishers",
  "update publisher_accounts set email = 'x'",
  "update publisher_accounts set revoked_at = null",
  "insert into publisher_links (token_hash, account, purpose, expires_at) select 'x', id, 'sign-in', now() from publisher_accounts",
  "select account from sessions",
  "insert into sessions (token_hash, account, way, agent, created_at, seen_at, expires_at) select 'x', id, 'link', '', now(), now(), now() from publisher_accounts",
  "delete from sessions",
  "select account from sign_in_links",
  "update publishers set corrections = 'direct'",
  "select agreed_by from publishers",
  "select email from publisher_link_requests",
  "update aids set status = 'published'",
  "update changes set fields = '{}'",
  "delete from plans",
  "select name from people",
  "select name from publisher_contacts",
  "select content from publisher_files",
  "update publisher_files set by = 'x'",
  "select * from snapshots",
  "insert into connector_versions (connector) values ('x')",
];

describe.skipIf(postgresql.skipped)("the public process with its own database role", () => {
  it("serves every page and act of a publisher's space and of a letter, and may do nothing else", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    const own = await publisherWithAids(owner, "Région Exemple", "Toiture");
    const other = await publisherWithAids(owner, "Département Voisin", "Toiture");
    const folders = [own.harvest.folder, other.harvest.folder];
    const staff = testConsole(owner, { folders });
    const { address, letterId } = await madeLetter(owner, staff, own.harvest);
    await owner.store.rows(sql`update letters set sent_at = now() where id = ${letterId}::uuid`);

    const failures: string[] = [];
    const log = (what: { readonly err?: unknown }, message?: string) => void failures.push(`${message}: ${inspect(what, { depth: 4 })}`);
    const logger = { error: log, warn: () => undefined, info: () => undefined, debug: () => undefined } as never;
    const catalogue = await openCatalogue({ databaseUrl: urlOf("public"), home: "" });
    onTestFinished(() => catalogue.close());
    const site = testConsole(catalogue, {
      folders,
      settings: readPublicSettings({}),
      routes: publicRoutes,
      services: { logger },
      accounts: owner.publisherAccounts,
    });
    const nobody = await site.as("nobody");
    expect((await nobody.post("/espace/connexion", { adresse: "l.martin@region.example" })).status).toBe(200);
    const [aidId = ""] = own.aids;
    for (const [client, base] of [[await site.asPublisher(own.publisherId), "/espace"] as const, [nobody, address] as const]) {
      const pages = ["/aides", `/aides/${aidId}`, `/aides/${aidId}/corriger`];
      if (base === "/espace") pages.push("", "/flux", "/courriers", `/courriers/${letterId}`, `/courriers/${letterId}/annexe.csv`);
      for (const path of pages) expect([path, (await client.get(`${base}${path}`)).status]).toEqual([path, 200]);
      const path = `${base}/aides/${aidId}/corriger`;
      const { jeton: _, ...form } = formOnPage((await client.get(path)).html, path);
      expect((await client.post(path, { ...form, "aide.name": `Refaire un toit ${base.length}` })).status).toBe(303);
      expect((await client.post(`${base}/aides/${aidId}/cloture`, { jour: "2027-01-31" })).status).toBe(303);
      expect((await client.post(`${base}/aides/${aidId}/confirmer`)).status).toBe(303);
      expect((await client.post(`${base}/aides/confirmer`, { toutes: "oui" })).status).toBe(303);
      if (base !== "/espace") continue;
      const answered = await client.post(`${base}/courriers/${letterId}/reponses`, { point: "lettre", remarque: "Merci" });
      expect(answered.status).toBe(303);
      expect((await client.get(`${base}/aides/${aidId}`)).html).toContain("Département Voisin");
      const fichier = new File([JSON.stringify([record(1), record(2)])], "aides.json");
      expect((await client.post(`${base}/flux/${own.harvest.connector}/fichier`, { fichier })).status).toBe(303);
      expect((await client.get(`${base}/saisir`)).status).toBe(200);
      expect((await client.post(`${base}/saisir/apercu`, wholeEntry)).status).toBe(200);
      expect((await client.get(`${base}/saisir?reprise=${letterId}`)).status).toBe(200);
      expect((await client.post(`${base}/saisir`, { ...wholeEntry, reprise: letterId })).status).toBe(303);
      expect((await client.post(`${base}/courriers/${letterId}/relecture`)).status).toBe(303);
      expect((await client.get(`${base}/courriers/${letterId}/relecture`)).status).toBe(200);
      const link = `/espace/entree/${await owner.publisherSessions.addLink(client.personId ?? "", "sign-in", new Date(testNow.getTime() + 60_000))}`;
      expect((await client.get(link)).status).toBe(200);
      expect((await client.post(link)).to).toBe("/espace");
      expect((await client.post(`${base}/deconnexion`)).status).toBe(303);
    }
    expect(failures).toEqual([]);
    await applyWaitingActs(owner, staff.services.jobs);
    const plans = await owner.plans.list({ origin: "publisher" });
    expect(plans.filter(({ state }) => state === "applied").length).toBeGreaterThan(0);
    const worker = await openCatalogue({ databaseUrl: urlOf("worker"), home: "" });
    onTestFinished(() => worker.close());
    await takePublisherFiles(testConsole(worker, { folders }).services.jobs, new AbortController().signal);
    const sent = [
      ...(await owner.publisherFiles.list(own.publisherId, "file", 5)),
      ...(await owner.publisherFiles.list(own.publisherId, "entry", 5)),
    ];
    expect(sent.map(({ name, problem }) => [name, problem])).toEqual([
      ["aides.json", null],
      ["Planter des haies", null],
    ]);
    expect(await owner.publisherFiles.waiting()).toEqual([]);

    const { store, close } = await connectPostgresql({ url: urlOf("public"), schema: "moisson" });
    onTestFinished(close);
    for (const statement of forbidden) {
      const outcome = await store
        .transaction(async (transaction) => transaction.rows(sql.raw(statement)))
        .then(
          () => "done",
          (error: unknown) => JSON.stringify(error),
        );
      expect(outcome, statement).toContain("42501");
    }
  });
});
