import { describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { edit, publish } from "../../support/curate.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import type { Harvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { aidNow, complete, record, waiting } from "./waiting-aids.ts";

/** Returns the form of the review page with the given changes. */
async function formOf(client: ConsoleClient, aidId: string) {
  const page = await client.get(`/relecture/${aidId}`);
  return formOnPage(page.html, `/relecture/${aidId}/enregistrer`);
}

async function idOf(catalogue: TestCatalogue, harvest: Harvest, externalId: string): Promise<string> {
  return (await aidNow(catalogue, harvest, externalId)).aidId;
}

describe.each(testedDatabases)("the review page on $title", (database) => {
  it.skipIf(database.skipped)(
    "asks for missing fields, publishes, and redirects to the next aid of the queue",
    async () => {
      const catalogue = await newCatalogue(database);
      const harvest = await waiting(catalogue, [
        record("a", { fin: "2026-12-01" }),
        record("b", { fin: "2026-12-02" }),
        record("c", { fin: "2026-12-03" }),
      ]);
      const [a, b, c] = await Promise.all(["a", "b", "c"].map((id) => idOf(catalogue, harvest, id)));
      const client = await testConsole(catalogue).as("bizdev", "marie");
      const typed = {
        ...(await formOf(client, `${b}`)),
        "aide.contact": "Marie, au conseil régional",
        "aide.aidTypes": ["technical-engineering"],
        "aide.mobilizationSteps": ["preop", "op"],
        "aide.categories": ["eau-potable"],
        "aide.financers": "Région Exemple",
        "aide.perimeters": "département 26",
      };
      const done = await client.post(`/relecture/${b}/publier`, typed);
      // Aid a has the nearest deadline, but this person came from b, so c follows.
      expect(done.to).toMatch(new RegExp(`^/relecture/${c}\\?fait=[0-9a-f-]{36}&sur=${b}$`));
      expect((await client.get(done.to ?? "")).html).toContain("«\u00a0Rénover b\u00a0» est publiée.");
      const next = await client.get(done.to ?? "");
      const aid = await aidNow(catalogue, harvest, "b");
      expect(aid.status).toBe("published");
      expect(aid.edits.contact).toMatchObject({ by: "marie", value: "<p>Marie, au conseil régional</p>" });
      expect((await client.get(`/relecture/suivante?apres=${c}`)).to).toBe("/relecture?fin=1");
      expect((await client.get("/relecture")).html).toContain(`/relecture/${a}`);
      await client.post(`/aides/${b}/annuler`, formOnPage(next.html, `/aides/${b}/annuler`));
      expect(await aidNow(catalogue, harvest, "b")).toMatchObject({ status: "reviewable", edits: { contact: { by: "marie" } } });
    },
    60_000,
  );

  it.skipIf(database.skipped)("says whether an aid is new, when it closes and whether that is past, and where it comes from", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("a"), record("past", { fin: "2026-11-01" }), record("always", { fin: "" })]);
    const client = await testConsole(catalogue).as("bizdev");
    const headOf = async (externalId: string) => {
      const aidId = await idOf(catalogue, harvest, externalId);
      const head = /<h1[\s\S]*?<p>([\s\S]*?)<\/p>/.exec((await client.get(`/relecture/${aidId}`)).html)?.[1] ?? "";
      return head
        .replace(/<[^>]+>/g, "")
        .replace(/\s+/g, " ")
        .trim();
    };
    const origin = `${harvest.connector} – Tout ce qu’on sait de cette aide`;
    expect(await headOf("a")).toBe(`nouvelle Clôture le 31 décembre 2026 – ${origin}`);
    expect(await headOf("past")).toBe(`nouvelle échue Clôture le 1er novembre 2026 – ${origin}`);
    expect(await headOf("always")).toBe(`nouvelle Sans date de clôture – ${origin}`);
  });

  it.skipIf(database.skipped)("refuses to publish with missing fields, keeps the typed values, and saves nothing", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("a")]);
    const a = await idOf(catalogue, harvest, "a");
    const client = await testConsole(catalogue).as("bizdev");
    const page = await client.post(`/relecture/${a}/publier`, {
      ...(await formOf(client, a)),
      "aide.contact": "Marie",
      "aide.aidTypes": ["grant"],
    });
    expect(page.status).toBe(422);
    expect(page.html).toMatch(/territoire[^<]*à remplir/i);
    expect(formOnPage(page.html, `/relecture/${a}/enregistrer`)).toMatchObject({ "aide.contact": "Marie", "aide.aidTypes": "grant" });
    expect((await aidNow(catalogue, harvest, "a")).edits).toEqual({});
  });

  it.skipIf(database.skipped)("shows the rule for titles and the publisher's title, and lets a person decide", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [
      record("a", { titre: "Aide aux gymnases" }),
      record("long", { titre: `Rénover ${"x".repeat(190)}` }),
    ]);
    const a = await idOf(catalogue, harvest, "a");
    await complete(catalogue, harvest, "a");
    await complete(catalogue, harvest, "long");
    const client = await testConsole(catalogue).as("bizdev");
    const form = await formOf(client, a);
    const refused = await client.post(`/relecture/${a}/publier`, form);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain("ne commence pas par un verbe à l’infinitif");
    expect(refused.html).toContain("Titre du producteur\u00a0: «\u00a0Aide aux gymnases\u00a0»");
    const saved = await client.act(`/relecture/${a}/enregistrer`, { ...form, "aide.name": "Rénover un gymnase" });
    expect(saved.html).toContain("Le titre commence par un verbe à l’infinitif.");
    expect(saved.html).toContain("18 caractères sur 180");
    await client.post(`/relecture/${a}/enregistrer`, { ...(await formOf(client, a)), "aide.name": "Fonds pour les gymnases" });
    expect((await client.post(`/relecture/${a}/publier`, { ...(await formOf(client, a)), "titre-tel-quel": "1" })).status).toBe(303);
    expect((await aidNow(catalogue, harvest, "a")).status).toBe("published");
    const long = await idOf(catalogue, harvest, "long");
    const tooLong = await client.post(`/relecture/${long}/publier`, { ...(await formOf(client, long)), "titre-tel-quel": "1" });
    expect([tooLong.status, /trop long pour publier/.test(tooLong.html)]).toEqual([422, true]);
  });

  it.skipIf(database.skipped)("shows who else has the aid open, and sends them to the next one", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("a", { fin: "2026-12-01" }), record("b", { fin: "2026-12-02" })]);
    const [a, b] = [await idOf(catalogue, harvest, "a"), await idOf(catalogue, harvest, "b")];
    const open = testConsole(catalogue);
    const [marie, paul] = [await open.as("bizdev", "Marie D."), await open.as("bizdev", "Paul")];
    expect((await marie.get(`/relecture/${a}`)).html).not.toContain("est aussi sur cette aide");
    expect((await paul.get(`/relecture/${a}`)).html).toContain("Marie D. est aussi sur cette aide (page vue à l’instant).");
    expect((await marie.post(`/relecture/${a}/presence`)).html).toBe("Paul est aussi sur cette aide (page vue à l’instant).");
    const later = testConsole(catalogue, { now: new Date(testNow.getTime() + 70_000) });
    const { html } = await (await later.as("read")).get(`/relecture/${a}`);
    expect(html).toMatch(/Marie D\. est aussi sur cette aide \(page vue il y a 1\smin\)\./);
    expect((await paul.get(`/relecture/${b}`)).status).toBe(200);
    // Paul has moved on to b and Marie has a open, so nobody else is sent to either.
    expect((await marie.post(`/relecture/${a}/presence`)).html).toBe("");
    expect((await paul.get("/relecture")).html).toContain("Marie D. y est");
    const third = await open.as("bizdev", "Zoé");
    expect((await third.get("/relecture/suivante")).to).toBe("/relecture?fin=1");
    await catalogue.aidVisits.leave(a, marie.personId ?? "");
    expect((await third.get("/relecture/suivante")).to).toBe(`/relecture/${a}`);
  });

  it.skipIf(database.skipped)("reports a conflict to the second of two reviewers, and overwrites nothing", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("a")]);
    const a = await idOf(catalogue, harvest, "a");
    await complete(catalogue, harvest, "a");
    const open = testConsole(catalogue);
    const [marie, paul] = [await open.as("bizdev", "Marie D."), await open.as("bizdev", "Paul")];
    const [hers, his] = [await formOf(marie, a), await formOf(paul, a)];
    expect((await marie.post(`/relecture/${a}/enregistrer`, { ...hers, "aide.name": "Rénover une salle" })).status).toBe(303);
    for (const way of ["enregistrer", "publier"]) {
      const second = await paul.post(`/relecture/${a}/${way}`, { ...his, "aide.name": "Rénover un gymnase" });
      expect(second.status, way).toBe(409);
      expect(second.html, way).toContain("Marie D.");
      expect(second.html, way).toContain("Rénover une salle");
      expect(formOnPage(second.html, `/relecture/${a}/enregistrer`)["aide.name"], way).toBe("Rénover un gymnase");
    }
    const rejected = await paul.post(`/relecture/${a}/rejeter`, { revision: String(his.revision), motif: "un doublon" });
    expect([rejected.status, rejected.html.includes("un doublon")]).toEqual([409, true]);
    expect(await aidNow(catalogue, harvest, "a")).toMatchObject({
      status: "reviewable",
      edits: { name: { value: "Rénover une salle", by: "Marie D." } },
    });
  });

  it.skipIf(database.skipped)("requires a reason to reject, and keeps it with the aid", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("a"), record("b")]);
    const a = await idOf(catalogue, harvest, "a");
    const client = await testConsole(catalogue).as("bizdev");
    const form = formOnPage((await client.get(`/relecture/${a}`)).html, `/relecture/${a}/rejeter`);
    expect((await client.post(`/relecture/${a}/rejeter`, form)).status).toBe(422);
    expect((await client.post(`/relecture/${a}/rejeter`, { ...form, motif: "un concours de pétanque" })).to).toMatch(/^\/relecture/);
    expect((await aidNow(catalogue, harvest, "a")).status).toBe("deleted");
    expect((await catalogue.history.list(a)).at(-1)).toMatchObject({ kind: "reject", note: "un concours de pétanque" });
    expect((await client.get(`/relecture/${a}`)).html).toContain("Rien n’attend ici");
  });

  it.skipIf(database.skipped)("answers proposals one by one, then redirects to the next aid", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("a", { fin: "2026-12-01" }), record("b", { fin: "2026-12-02" })]);
    for (const id of ["a", "b"]) await publish(catalogue, { connector: harvest.connector, externalId: id });
    const changed = { texte: "<p>Une aide nouvelle pour rénover.</p>", publics: "Départements" };
    await harvest.day([record("a", { fin: "2026-12-01", ...changed }), record("b", { fin: "2026-12-02", ...changed })]);
    const [a, b] = [await idOf(catalogue, harvest, "a"), await idOf(catalogue, harvest, "b")];
    const client = await testConsole(catalogue).as("bizdev");
    expect((await client.get("/relecture/propositions")).html).toContain("3 réponses pour 2 aides");
    const page = await client.get(`/relecture/${a}?file=propositions`);
    expect(page.html).toMatch(/<ins[^>]*>[^<]*nouvelle/);
    const revision = () => aidNow(catalogue, harvest, "a").then((aid) => String(aid.revision));
    const first = await client.post(`/relecture/${a}/accepter`, {
      file: "file=propositions",
      champ: "description",
      revision: await revision(),
    });
    expect(first.to).toContain(`/relecture/${a}?file=propositions&fait=`);
    const stale = await client.post(`/relecture/${a}/refuser`, { file: "file=propositions", revision: "1" });
    expect(stale.status).toBe(409);
    const second = await client.post(`/relecture/${a}/refuser`, {
      file: "file=propositions",
      champ: "targetedAudiences",
      revision: await revision(),
    });
    expect(second.to).toContain(`/relecture/${b}?file=propositions&fait=`);
    expect(await aidNow(catalogue, harvest, "a")).toMatchObject({ proposals: {}, kept: { targetedAudiences: ["commune"] } });
    expect((await aidNow(catalogue, harvest, "a")).kept).not.toHaveProperty("description");
    const { revision: seen } = await aidNow(catalogue, harvest, "b");
    const last = await client.act(`/relecture/${b}/refuser`, { file: "file=propositions", revision: String(seen) });
    expect(last.html).toContain(
      "Les propositions sur « Rénover b » sont refusées.".replaceAll("« ", "«\u00a0").replaceAll(" »", "\u00a0»"),
    );
    expect((await aidNow(catalogue, harvest, "b")).proposals).toEqual({});
  });

  it.skipIf(database.skipped)("shows the source page, likely duplicates and the issues of the record", async () => {
    const catalogue = await newCatalogue(database);
    const titre = "Rénover les gymnases intercommunaux vétustes";
    const harvest = await waiting(catalogue, [record("a", { titre, fin: "31 février", lien: "https://example.org/gymnases" })]);
    await waiting(catalogue, [record("b", { titre, lien: "https://example.org/gymnases" })]);
    const page = await (await testConsole(catalogue).as("read")).get(`/relecture/${await idOf(catalogue, harvest, "a")}`);
    expect(page.html).toContain('href="https://example.org/gymnases"');
    expect(page.html).toContain("même lien");
    expect(page.html).toMatch(/anomalies? de l’enregistrement/);
    expect(page.html).not.toMatch(/\/publier"/);
  });

  it.skipIf(database.skipped)("shows a hostile record as text", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [
      record("a", {
        titre: "Rénover &lt;script&gt;alert(1)&lt;/script&gt; tout",
        texte: `<img src=x onerror=alert(1)>${"mot ".repeat(30_000)}`,
      }),
    ]);
    await edit(catalogue, { connector: harvest.connector, externalId: "a" }, { keywords: ['"><script>alert(2)</script>'] });
    const page = await (await testConsole(catalogue).as("bizdev")).get(`/relecture/${await idOf(catalogue, harvest, "a")}`);
    expect(page.status).toBe(200);
    expect(page.html).not.toMatch(/<script>alert|<img src=x/);
  });
});
