import { describe, expect, it } from "vitest";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { publish } from "../../support/curate.ts";
import { newHarvest } from "../../support/harvest.ts";
import { aidNow, complete, record, waiting } from "./waiting-aids.ts";

/** Returns the titles of the list, in order. */
function titlesOf(html: string): string[] {
  return [...html.matchAll(/<a href="\/relecture\/[0-9a-f-]{36}[^"]*">([^<]+)<\/a>/g)].map(([, title = ""]) => title);
}

describe.each(testedDatabases)("the review queue on $title", (database) => {
  it.skipIf(database.skipped)("sorts by deadline with missing ones last, and separates the aids that expired", async () => {
    const catalogue = await newCatalogue(database);
    await waiting(catalogue, [
      record("sans date", { fin: null, rythme: "Permanente" }),
      record("tard", { fin: "2027-06-30" }),
      record("bientôt", { fin: "2026-11-27" }),
      record("hier", { fin: "2026-11-24" }),
      record("aujourd’hui", { fin: "2026-11-25" }),
    ]);
    const reader = await testConsole(catalogue).as("read");
    const page = await reader.get("/relecture");
    expect(titlesOf(page.html)).toEqual(["Rénover aujourd’hui", "Rénover bientôt", "Rénover tard", "Rénover sans date"]);
    expect(page.html).toContain("À relire (4)");
    expect(page.html).toContain("Échues (1)");
    expect(titlesOf((await reader.get("/relecture/echues")).html)).toEqual(["Rénover hier"]);
  });

  it.skipIf(database.skipped)("filters by connector, territory, theme and deadline, and keeps the filter for the next aid", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [
      record("a", { fin: "2026-12-01" }),
      record("b", { fin: "2026-12-05" }),
      record("c", { fin: "2027-03-01" }),
    ]);
    const other = await newHarvest(catalogue);
    await other.day([record("d", { fin: "2026-12-02" })]);
    const client = await testConsole(catalogue, { folders: [harvest.folder, other.folder] }).as("bizdev");
    const filtered = await client.get(`/relecture?connecteur=${harvest.connector}&jusque=2026-12-31`);
    expect(titlesOf(filtered.html)).toEqual(["Rénover a", "Rénover b"]);
    expect(titlesOf((await client.get("/relecture?territoire=Drôme")).html)).toEqual([]);
    expect(titlesOf((await client.get("/relecture?theme=eau-et-milieux-aquatiques")).html)).toEqual([]);
    const first = await aidNow(catalogue, harvest, "a");
    const next = await client.get(`/relecture/suivante?apres=${first.aidId}&connecteur=${harvest.connector}&jusque=2026-12-31`);
    const second = await aidNow(catalogue, harvest, "b");
    expect(next.to).toBe(`/relecture/${second.aidId}?connecteur=${harvest.connector}&jusque=2026-12-31`);
    const end = await client.get(`/relecture/suivante?apres=${second.aidId}&connecteur=${harvest.connector}&jusque=2026-12-31`);
    expect((await client.get(end.to ?? "")).html).toContain("au bout de la file");
  });

  it.skipIf(database.skipped)("shows only the aids that are ready for publication, to publish them together", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("prête"), record("incomplète")]);
    await complete(catalogue, harvest, "prête");
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev");
    const filter = `?connecteur=${harvest.connector}&etat=prete`;
    expect((await client.get("/publication")).html).toContain(`/relecture${filter.replace("&", "&amp;")}"`);
    const page = await client.get(`/relecture${filter}`);
    expect(titlesOf(page.html)).toEqual(["Rénover prête"]);
    expect(page.html).toContain('name="aide"');
    expect((await client.get(`/relecture/suivante${filter}`)).to).toMatch(/etat=prete$/);
  });

  it.skipIf(database.skipped)("publishes many aids at once, and explains each exclusion", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("complète"), record("incomplète"), record("changée"), record("publiée")]);
    await complete(catalogue, harvest, "complète");
    await complete(catalogue, harvest, "changée");
    await publish(catalogue, { connector: harvest.connector, externalId: "publiée" });
    const seen = new Map<string, string>();
    for (const id of ["complète", "incomplète", "changée", "publiée"]) {
      const { aidId, revision } = await aidNow(catalogue, harvest, id);
      seen.set(id, `${aidId}.${id === "changée" ? revision - 1 : revision}`);
    }
    const ticked = [...seen.values()];
    const client = await testConsole(catalogue).as("bizdev", "Marie D.");
    const preview = await client.post("/relecture/ensemble", { faire: "publish", aide: ticked });
    expect(preview.status).toBe(200);
    expect(preview.html).toContain("Publier 1\u00a0aide".replace("\u00a0", " "));
    expect(preview.html).toMatch(/Rénover incomplète<\/a>[^<]*il faut remplir ou corriger/);
    expect(preview.html).toMatch(/Rénover changée<\/a>[^<]*a changé depuis/);
    expect(preview.html).toMatch(/Rénover publiée<\/a>[^<]*déjà publiée/);
    expect((await aidNow(catalogue, harvest, "complète")).status).toBe("reviewable");
    const done = await client.act("/relecture/ensemble/faire", { faire: "publish", aide: ticked });
    expect(done.html).toContain("1 aide publiée");
    expect(done.html).toContain("3 laissées de côté");
    const statuses = await Promise.all(
      ["complète", "incomplète", "changée"].map(async (id) => (await aidNow(catalogue, harvest, id)).status),
    );
    expect(statuses).toEqual(["published", "reviewable", "reviewable"]);
    const [revision] = (await catalogue.history.list((await aidNow(catalogue, harvest, "complète")).aidId)).slice(-1);
    expect(revision).toMatchObject({ kind: "publish", by: "Marie D." });
  });

  it.skipIf(database.skipped)("rejects many aids only with a reason, and never a published one", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("a"), record("en ligne")]);
    await publish(catalogue, { connector: harvest.connector, externalId: "en ligne" });
    const aide = await Promise.all(
      ["a", "en ligne"].map(async (id) => {
        const { aidId, revision } = await aidNow(catalogue, harvest, id);
        return `${aidId}.${revision}`;
      }),
    );
    const client = await testConsole(catalogue).as("bizdev");
    expect((await client.post("/relecture/ensemble/faire", { faire: "reject", aide })).status).toBe(422);
    await client.act("/relecture/ensemble/faire", { faire: "reject", aide, motif: "un concours" });
    expect((await aidNow(catalogue, harvest, "a")).status).toBe("deleted");
    expect((await aidNow(catalogue, harvest, "en ligne")).status).toBe("published");
    expect((await client.post("/relecture/ensemble", { faire: "publish" })).status).toBe(422);
  });

  it.skipIf(database.skipped)("prepares a plan that rejects all expired aids, without applying it", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [
      record("échue", { fin: "2026-11-01" }),
      record("autre échue", { fin: "2026-10-31" }),
      record("ouverte"),
    ]);
    const client = await testConsole(catalogue).as("bizdev");
    const { to } = await client.post("/relecture/echues/rejeter");
    const planId = to?.replace("/plans/", "") ?? "";
    expect((await aidNow(catalogue, harvest, "échue")).status).toBe("reviewable");
    await catalogue.plans.apply(planId, { token: null, now: new Date(), appliedBy: "ops" });
    expect((await aidNow(catalogue, harvest, "échue")).status).toBe("deleted");
    expect((await aidNow(catalogue, harvest, "autre échue")).status).toBe("deleted");
    expect((await aidNow(catalogue, harvest, "ouverte")).status).toBe("reviewable");
    expect((await client.post("/relecture/echues/rejeter")).status).toBe(422);
  });

  it.skipIf(database.skipped)("prepares one plan, however often the button is pressed", async () => {
    const catalogue = await newCatalogue(database);
    await waiting(catalogue, [record("échue", { fin: "2026-11-01" })]);
    const console = testConsole(catalogue);
    const [marie, paul] = [await console.as("bizdev", "Marie"), await console.as("bizdev", "Paul")];
    const pressed = await Promise.all([1, 2].map(() => marie.post("/relecture/echues/rejeter")));
    const again = await marie.post("/relecture/echues/rejeter");
    expect(new Set([...pressed, again].map(({ to }) => to)).size).toBe(1);
    const open = await catalogue.plans.list({ origin: "curator", isOpen: true });
    expect(open.map(({ planId }) => `/plans/${planId}`)).toEqual([again.to]);
    expect((await marie.get(again.to ?? "")).html).toContain("Vous venez de préparer ce rejet");
    expect(await catalogue.audit.count({ act: "review.reject-expired" })).toBe(1);
    const others = [
      await paul.post("/relecture/echues/rejeter"),
      await marie.post("/relecture/echues/rejeter", { file: "echues&depuis=2026-10-01" }),
    ];
    expect(new Set([again, ...others].map(({ to }) => to)).size).toBe(3);
    await catalogue.plans.close(open[0]?.planId ?? "", "discarded", { now: new Date(), by: "Marie" });
    expect((await marie.post("/relecture/echues/rejeter")).to).not.toBe(again.to);
  });

  it.skipIf(database.skipped)("marks new aids with the same title as an aid of another connector", async () => {
    const catalogue = await newCatalogue(database);
    await waiting(catalogue, [record("gymnases", { titre: "Rénover les gymnases des communes" }), record("seule")]);
    await waiting(catalogue, [record("gym", { titre: "Rénover les gymnases des communes", fin: "2027-01-01" })]);
    const client = await testConsole(catalogue).as("read");
    const page = await client.get("/relecture/doublons");
    expect(titlesOf(page.html)).toEqual(["Rénover les gymnases des communes", "Rénover les gymnases des communes"]);
    expect(page.html).toContain("En double probable (2)");
  });

  it.skipIf(database.skipped)("shows readers no button, and exports the list", async () => {
    const catalogue = await newCatalogue(database);
    await waiting(catalogue, [record("a", { titre: "=cmd()|a" })]);
    const client = await testConsole(catalogue).as("read");
    const page = await client.get("/relecture");
    expect(page.html).not.toContain("/relecture/ensemble");
    const csv = await client.get("/relecture.csv");
    expect(csv.html).toContain("'=cmd()|a");
    expect((await client.get("/relecture/propositions.xlsx")).status).toBe(200);
  });
});
