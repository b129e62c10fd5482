import { describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";
import { aidNow, publishAll, record } from "./waiting-aids.ts";

const ids = ["a", "b", "c", "d", "e"];
const deadlines = ["2026-11-26", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05"];

/** Publishes five aids. Then the publisher adds a paragraph to all, other words to c, and one audience to d and e. */
async function changed(catalogue: TestCatalogue): Promise<Harvest> {
  const harvest = await newHarvest(catalogue, { policy: { submissionDeadline: "review" } });
  const records = ids.map((id, place) =>
    record(id, { fin: deadlines[place], texte: `<p>Une aide pour rénover ${id} dans le village.</p>` }),
  );
  await harvest.day(records);
  await publishAll(catalogue, harvest);
  await harvest.day(
    records.map((one) => ({
      ...one,
      texte:
        one.id === "c" ? "<p>Une aide pour entretenir c dans le village.</p>" : `${one.texte}<p>Les dossiers se déposent en ligne.</p>`,
      ...(["d", "e"].includes(one.id) && { publics: "Communes, Départements", fin: "2027-03-15" }),
    })),
  );
  return harvest;
}

/** Returns the addresses of the items in the list, in order, without their query. */
function itemsOn(html: string): string[] {
  return [...html.matchAll(/<a href="(\/relecture\/(?:changements\/)?[\w-]{20,})\?/g)].map(([, path = ""]) => path);
}

async function listed(client: ConsoleClient): Promise<string[]> {
  return itemsOn((await client.get("/relecture/propositions")).html);
}

/** Returns the path of the change of a field. */
async function changeOf(client: ConsoleClient, field: string): Promise<string> {
  const found = (await listed(client)).find((path) => path.startsWith(`/relecture/changements/${field}-`));
  if (found === undefined) throw new Error(`no change of ${field}`);
  return found;
}

describe.each(testedDatabases)("the review by change on $title", (database) => {
  it.skipIf(database.skipped)("shows a change of several aids once, by nearest deadline, and the other changes aid by aid", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await changed(catalogue);
    const client = await testConsole(catalogue).as("bizdev");
    const { html } = await client.get("/relecture/propositions");
    const c = (await aidNow(catalogue, harvest, "c")).aidId;
    expect(itemsOn(html).map((path) => path.replace(/(changements\/\w+)-.*/, "$1"))).toEqual([
      "/relecture/changements/description",
      `/relecture/${c}`,
      "/relecture/changements/submissionDeadline",
      "/relecture/changements/targetedAudiences",
    ]);
    expect(html).toContain("4 réponses pour 5 aides");
    expect(html).toContain("1 aide clôt avant le vendredi 27 novembre.");
    expect(html).toMatch(/Description.: passage ajouté<\/a><span[^>]*> sur 4 aides/);
    expect(html).toMatch(/<ins[^>]*>Les dossiers se déposent en ligne\.<\/ins>/);
    expect(html).toMatch(/Date de clôture.: report au 15 mars 2027/);
    const csv = await client.get("/relecture/propositions.csv");
    expect(csv.html).toContain("ajout de Départements");
  });

  it.skipIf(database.skipped)("accepts a change for all ticked aids with one act and one undo, and leads to the next item", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await changed(catalogue);
    const client = await testConsole(catalogue).as("bizdev", "Marie D.");
    const path = await changeOf(client, "description");
    const page = await client.get(`${path}?file=propositions`);
    expect(page.html).toContain("1 sur 4");
    const form = formOnPage(page.html, `${path}/accepter`);
    const b = (await aidNow(catalogue, harvest, "b")).aidId;
    const done = await client.post(`${path}/accepter`, { ...form, aide: (form.aide as string[]).filter((aidId) => aidId !== b) });
    const c = (await aidNow(catalogue, harvest, "c")).aidId;
    // Only b still has this change, so it is an item of its own; it is before c, but the person came from a.
    expect(done.to).toMatch(new RegExp(`^/relecture/(${b}|${c})\\?file=propositions&fait=[0-9a-f-]{36}$`));
    const next = await client.get(done.to ?? "");
    expect(next.html).toContain("Changement (description) accepté sur 3 aides\u202f; 1 laissée de côté.");
    for (const id of ["a", "d", "e"]) expect((await aidNow(catalogue, harvest, id)).proposals).not.toHaveProperty("description");
    expect((await aidNow(catalogue, harvest, "b")).proposals).toHaveProperty("description");
    expect(await catalogue.audit.count({ act: "review.change" })).toBe(1);
    const undo = formOnPage(next.html, "/relecture/annuler");
    const undone = await client.act("/relecture/annuler", undo);
    expect(undone.html).toContain("C’est annulé.");
    for (const id of ids) expect((await aidNow(catalogue, harvest, id)).proposals).toHaveProperty("description");
  });

  it.skipIf(database.skipped)("says who has already decided, and decides nothing twice", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await changed(catalogue);
    const open = testConsole(catalogue);
    const [marie, paul] = [await open.as("bizdev", "Marie D."), await open.as("bizdev", "Paul")];
    const path = await changeOf(marie, "targetedAudiences");
    const [hers, his] = await Promise.all([marie, paul].map(async (one) => formOnPage((await one.get(path)).html, `${path}/accepter`)));
    expect((await marie.post(`${path}/refuser`, hers)).status).toBe(303);
    const second = await paul.post(`${path}/accepter`, his);
    expect(second.status).toBe(409);
    expect(second.html).toMatch(/Marie D\. a refusé ce changement sur 2 aides, le 25 novembre 2026/);
    expect((await paul.get(path)).html).toContain("Marie D. a refusé ce changement");
    expect(await aidNow(catalogue, harvest, "d")).toMatchObject({ kept: { targetedAudiences: ["commune"] } });
    expect((await paul.get("/relecture/changements/description-inconnu")).status).toBe(404);
    expect((await paul.get("/relecture/changements/rien")).status).toBe(404);
  });

  it.skipIf(database.skipped)("leaves out aids that changed after the page was shown", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await changed(catalogue);
    const client = await testConsole(catalogue).as("bizdev", "Marie D.");
    const path = await changeOf(client, "submissionDeadline");
    const form = formOnPage((await client.get(path)).html, `${path}/accepter`);
    const { aidId, revision } = await aidNow(catalogue, harvest, "d");
    const later = testConsole(catalogue, { now: new Date("2026-11-25T11:00:00Z") });
    const paul = await later.as("bizdev", "Paul");
    expect((await paul.post(`/relecture/${aidId}/accepter`, { champ: "targetedAudiences", revision: String(revision) })).status).toBe(303);
    const done = await client.act(`${path}/accepter`, form);
    expect(done.html).toContain("accepté sur 1 aide\u202f; 1 laissée de côté.");
    expect((await aidNow(catalogue, harvest, "d")).proposals).toHaveProperty("submissionDeadline");
    expect((await aidNow(catalogue, harvest, "e")).proposals).not.toHaveProperty("submissionDeadline");
  });

  it.skipIf(database.skipped)("replaces the new value on all aids, and shows a mistake again", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await changed(catalogue);
    const client = await testConsole(catalogue).as("bizdev", "Marie D.");
    const path = await changeOf(client, "submissionDeadline");
    const page = await client.get(`${path}?file=propositions&modifier=1`);
    const form = formOnPage(page.html, `${path}/modifier`);
    expect(form["aide.submissionDeadline"]).toBe("2027-03-15");
    const wrong = await client.post(`${path}/modifier`, { ...form, "aide.submissionDeadline": "hier" });
    expect([wrong.status, formOnPage(wrong.html, `${path}/modifier`)["aide.submissionDeadline"]]).toEqual([422, "hier"]);
    await client.act(`${path}/modifier`, { ...form, "aide.submissionDeadline": "2027-04-01" });
    for (const id of ["d", "e"]) {
      const aid = await aidNow(catalogue, harvest, id);
      expect(aid.edits.submissionDeadline).toMatchObject({ value: "2027-04-01", by: "Marie D." });
      expect(aid.proposals).not.toHaveProperty("submissionDeadline");
    }
    expect((await client.get(`${await changeOf(client, "description")}?modifier=1`)).html).not.toContain("/modifier");
  });

  it.skipIf(database.skipped)("shares items out: nobody is led to an item of somebody else", async () => {
    const catalogue = await newCatalogue(database);
    await changed(catalogue);
    const open = testConsole(catalogue);
    const [marie, paul] = [await open.as("bizdev", "Marie D."), await open.as("bizdev", "Paul")];
    const [first = "", second = "", ...others] = await listed(marie);
    const names = [first, ...others].map((path) => path.split("/").at(-1) ?? "");
    const given = await marie.act("/relecture/confier", {
      file: "file=propositions",
      element: names,
      pour: "personne",
      personne: paul.personId ?? "",
    });
    expect(given.html).toContain("pour Paul.");
    expect(given.html.match(/à Paul/g)).toHaveLength(3);
    expect((await marie.get("/relecture/suivante?file=propositions")).to).toContain(second);
    expect((await paul.get("/relecture/suivante?file=propositions&pour=moi")).to).toContain(first);
    expect(itemsOn((await marie.get("/relecture/propositions?pour=personne")).html)).toEqual([second]);
    expect(itemsOn((await paul.get("/relecture/propositions?pour=moi")).html)).toEqual([first, ...others]);
    expect((await paul.get("/relecture/propositions")).html.match(/à moi<\/td>/g)).toHaveLength(3);
    await paul.act("/relecture/confier", { element: names, pour: "" });
    expect((await marie.get("/relecture/propositions")).html).not.toContain("à Paul");
    expect((await marie.post("/relecture/confier", { pour: "" })).status).toBe(422);
    const reader = await open.as("read", "Zoé");
    expect((await marie.post("/relecture/confier", { element: names, pour: reader.personId ?? "" })).status).toBe(422);
  });
});
