import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { takePublisherFiles } from "../../../src/jobs/tasks/take-publisher-files.ts";
import { moissonTemplate } from "../../../src/kit/platforms/moisson-template.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { flattened, testNow } from "../../support/made-aids.ts";
import { wholeEntry } from "../entry/entered-file.ts";
import { doWaitingRuns, words } from "../letters/answered-letters.ts";
import { newPublisher, publisherWithAids } from "./publishers-with-aids.ts";

const email = "l.martin@region.example";
const path = "/espace/saisir";

async function opened() {
  const catalogue = await ownCatalogue();
  const publisherId = await newPublisher(catalogue);
  const site = testConsole(catalogue, { settings: readPublicSettings({}), routes: publicRoutes });
  const staff = testConsole(catalogue);
  const { jobs } = staff.services;
  const lea = await site.asPublisher(publisherId, email);
  const connectors = async () => (await catalogue.publisherAccounts.publisher(publisherId))?.connectors ?? [];
  const work = async (given = jobs) => {
    await takePublisherFiles(given, new AbortController().signal);
    for (const connector of await connectors()) await doWaitingRuns(catalogue, jobs, connector);
  };
  const aids = async () =>
    (await Promise.all((await connectors()).map((connector) => flattened(catalogue.aids.curated({ connector }))))).flat();
  const state = async () => words((await lea.get("/espace")).html);
  return {
    catalogue,
    publisherId,
    jobs,
    lea,
    bizdev: await staff.as("bizdev", "Marie"),
    ops: await staff.as("ops"),
    connectors,
    work,
    aids,
    state,
  };
}

/** Sends the form of the space as a browser would, with these answers. */
async function enter(client: ConsoleClient, answers: Readonly<Record<string, string | readonly string[]>>) {
  const { jeton: _, ...form } = formOnPage((await client.get(path)).html, path);
  return client.post(path, { ...form, ...answers });
}

describe("an aid that a publisher enters by form", () => {
  it("waits for a colleague, who applies its plan and can undo it", async () => {
    const { catalogue, lea, bizdev, ops, work, aids, state } = await opened();
    const form = words((await lea.get(path)).html);
    expect(form).toContain("Nous la relisons, puis elle rejoint vos aides.");
    expect((await enter(lea, wholeEntry)).to).toBe("/espace");
    expect(await state()).toContain("Merci, « Planter des haies » nous est parvenue.");
    expect(await state()).toMatch(/Aide saisie : « Planter des haies », .* en cours d'enregistrement/);
    await work();
    expect(await aids()).toEqual([]);
    expect(await state()).toMatch(/Planter des haies », .* nous la relisons/);
    expect(words((await bizdev.get("/")).html)).toContain("Aide saisie : « Planter des haies »");

    const [waiting] = await catalogue.publisherFiles.toDecide(5);
    expect((await ops.post(`/plans/${waiting?.planId}/appliquer`)).status).toBe(303);
    expect(await state()).toMatch(/Planter des haies », .* reprise/);
    const [aid] = await aids();
    expect(aid).toMatchObject({ externalId: "00042", status: "reviewable", imported: { name: "Planter des haies", loanAmount: 12_500 } });

    expect((await ops.post(`/plans/${waiting?.planId}/defaire`, { appliquer: "oui" })).status).toBe(303);
    expect(await aids()).toEqual([]);
    expect(await state()).toMatch(/Planter des haies », .* retirée/);
  });

  it("is applied by the worker if the publisher's corrections apply at once, the first aid of a new connector too", async () => {
    const { catalogue, publisherId, lea, work, aids, state } = await opened();
    await catalogue.publisherAccounts.setCorrections(publisherId, "direct");
    await enter(lea, { ...wholeEntry, "aide.externalId": "" });
    await work();
    expect(await aids()).toMatchObject([{ externalId: "planter-des-haies", status: "reviewable" }]);
    await enter(lea, { ...wholeEntry, "aide.externalId": "", "aide.name": "Planter des arbres" });
    await work();
    expect((await aids()).map(({ externalId }) => externalId).sort()).toEqual(["planter-des-arbres", "planter-des-haies"]);
    expect((await state()).match(/ reprise /g)).toHaveLength(2);
  });

  it("joins the aids entered before it in one plan", async () => {
    const { catalogue, lea, ops, work, aids, state } = await opened();
    await enter(lea, wholeEntry);
    await work();
    await enter(lea, { ...wholeEntry, "aide.externalId": "", "aide.name": "Planter des arbres" });
    await work();
    const waiting = await catalogue.publisherFiles.toDecide(5);
    expect(waiting).toHaveLength(1);
    expect((await state()).match(/ nous la relisons /g)).toHaveLength(2);
    await ops.post(`/plans/${waiting[0]?.planId}/appliquer`);
    expect(await aids()).toHaveLength(2);
    expect((await state()).match(/ reprise /g)).toHaveLength(2);
  });

  it("is shown as a preview, and again with its problems, and then nothing is stored", async () => {
    const { catalogue, lea } = await opened();
    const preview = await lea.post(`${path}/apercu`, wholeEntry);
    expect([preview.status, words(preview.html)]).toEqual([200, expect.stringContaining("Planter des haies")]);
    const hostile = {
      "aide.name": "",
      "aide.description": "x".repeat(20_001),
      "aide.scale": "<script>alert(1)</script>",
      "aide.submissionDeadline": "31/02/2027",
      "aide.originUrl": "javascript:alert(1)",
      "aide.categories": ["'; drop table aids; --", "forets"],
      "aide.externalId": "=cmd|'/c calc'!A1",
    };
    for (const [name, value] of Object.entries(hostile)) {
      const page = await lea.post(path, { ...wholeEntry, [name]: value });
      const isKept = name === "aide.categories" || name === "aide.externalId";
      expect([name, page.status]).toEqual([name, isKept ? 303 : 422]);
      expect(page.html).not.toContain("<script>alert");
    }
    const empty = await lea.post(path, {});
    expect(empty.status).toBe(422);
    expect(words(empty.html)).toContain("Titre : donnez un titre à l'aide.");
    expect(words(empty.html)).not.toContain("pas d'identifiant");
    const stored = await catalogue.store.rows<{ answers: string }>(
      sql`select convert_from(content, 'UTF8') as answers from publisher_files where kind = 'entry'`,
    );
    expect(stored.map(({ answers }) => JSON.parse(answers).categories).sort()).toEqual(["forets", "mobilite-partagee\nforets"]);
  });

  it("needs the territory of the publisher, and says whom to ask", async () => {
    const { catalogue, publisherId, lea, work } = await opened();
    await catalogue.store.rows(sql`update publishers set territory = null where id = ${publisherId}::uuid`);
    expect(words((await lea.get(path)).html)).toContain("Demandez à la personne qui suit vos aides");
    expect((await lea.post(path, wholeEntry)).status).toBe(409);
    await work();
    expect(await catalogue.publisherFiles.list(publisherId, "entry", 5)).toEqual([]);
  });

  it("is not added twice, under the identifier of another aid, for a revoked person, or if it names a forgotten person", async () => {
    const { catalogue, publisherId, jobs, lea, work, state } = await opened();
    await enter(lea, wholeEntry);
    await work();
    await enter(lea, wholeEntry);
    await enter(lea, { ...wholeEntry, "aide.name": "Arracher des haies" });
    await work();
    expect(await state()).toContain("déjà dans vos aides");
    expect(await state()).toMatch(/Arracher des haies », .* cet identifiant désigne déjà une autre aide/);

    await enter(lea, { ...wholeEntry, "aide.externalId": "b1" });
    const cleaner = { isIn: async () => true } as never;
    await work({ ...jobs, services: { ...jobs.services, feedCleaner: async () => cleaner } });
    expect(await state()).toContain("une personne qui a demandé à être oubliée");

    await enter(lea, { ...wholeEntry, "aide.externalId": "b2" });
    const account = await catalogue.publisherAccounts.findByEmail(email);
    await catalogue.publisherAccounts.revoke(account?.accountId ?? "", { by: "Marie", now: testNow });
    await work();
    const entries = await catalogue.publisherFiles.list(publisherId, "entry", 9);
    expect(entries.map(({ problem }) => problem).sort()).toEqual(
      ["forgotten-person", "known", "no-access", "taken-identifier", null].sort(),
    );
    expect(await catalogue.publisherFiles.waiting()).toEqual([]);
  });

  it("goes to the file of its own publisher only, even with the identifier of another publisher's aid", async () => {
    const { catalogue, lea, connectors, work } = await opened();
    const other = await publisherWithAids(catalogue, "Département Voisin", "Chaudière");
    const before = await other.harvest.aid("a1");
    for (const name of ["producteur", "connecteur", "publisher", "fichier", "aide"])
      expect((await enter(lea, { ...wholeEntry, "aide.externalId": "a1", [name]: other.publisherId })).status).toBe(303);
    await work();
    expect(await other.harvest.aid("a1")).toEqual(before);
    expect(await connectors()).toHaveLength(1);
    expect(words((await lea.get("/espace")).html)).not.toContain("Chaudière");
  });

  it("goes to a file of its own if the publisher's aids are read from an address, whose next reading would lose it", async () => {
    const { catalogue, publisherId, lea, connectors, work } = await opened();
    const template = moissonTemplate({
      id: "en-ligne",
      feed: { url: "https://region.example/aides.csv" },
      decode: { format: "csv", delimiter: ";" },
    });
    const definition = { ...template, publisher: { ...template.publisher, territory: { scale: "region", code: "11" } } };
    const version = { connector: "en-ligne", definition, changes: {}, terms: {}, why: "essai", by: "test", at: testNow };
    await catalogue.connectorVersions.add(version, 0);
    await catalogue.publishers.giveConnector("en-ligne", publisherId);
    await enter(lea, wholeEntry);
    await work();
    expect(await connectors()).toEqual(["en-ligne", "region-exemple-saisie"]);
  });

  it("opens again as it was typed after the worker refused it, with the reason beside the field, and is sent again", async () => {
    const { catalogue, publisherId, jobs, lea, work, aids, state } = await opened();
    await catalogue.publisherAccounts.setCorrections(publisherId, "direct");
    await enter(lea, wholeEntry);
    await takePublisherFiles(jobs, new AbortController().signal); // No run has read the file, so the form does not know its identifiers.
    await enter(lea, { ...wholeEntry, "aide.name": "Arracher des haies" });
    await work();
    const again = /href="(\/espace\/saisir\?reprise=[\w-]+)">Corriger et renvoyer/.exec((await lea.get("/espace")).html)?.[1] ?? "no link";
    const page = await lea.get(again);
    const { jeton: _, ...form } = formOnPage(page.html, path);
    for (const [name, answer] of Object.entries({ ...wholeEntry, "aide.name": "Arracher des haies" }))
      expect([form[name]].flat().sort(), name).toEqual([answer].flat().sort());
    expect(page.html).toMatch(/id="champ-aide-externalId-erreur"[^>]*>[^<]*désigne déjà une autre aide/);

    expect((await lea.post(path, { ...form, "aide.name": "" })).html).toContain('name="reprise"');
    expect((await lea.post(path, { ...form, "aide.externalId": "00043" })).to).toBe("/espace");
    await work();
    expect((await aids()).map(({ imported }) => imported.name).sort()).toEqual(["Arracher des haies", "Planter des haies"]);
    expect(await state()).not.toContain("Corriger et renvoyer");
    expect(formOnPage((await lea.get(again)).html, path)["aide.name"]).toBe("");
  });

  it("opens again for its own publisher only, and never if it names a forgotten person", async () => {
    const { catalogue, jobs, lea, work, state } = await opened();
    const cleaner = { isIn: async () => true } as never;
    await enter(lea, wholeEntry);
    await work({ ...jobs, services: { ...jobs.services, feedCleaner: async () => cleaner } });
    expect(await state()).not.toContain("Corriger et renvoyer");
    const other = await publisherWithAids(catalogue, "Département Voisin", "Chaudière");
    const answers = new TextEncoder().encode(JSON.stringify({ name: "Aide du voisin" }));
    await catalogue.publisherFiles.add({
      ...{ publisherId: other.publisherId, kind: "entry", connector: null, name: "Aide", by: "voisin", at: testNow, content: answers },
    });
    const [fileId = ""] = await catalogue.publisherFiles.waiting();
    await catalogue.publisherFiles.settle(fileId, { problem: "not-readable", answers: { name: "Aide du voisin" } });
    expect(await catalogue.publisherFiles.refusedEntry(other.publisherId, fileId)).not.toBeNull();
    expect(formOnPage((await lea.get(`${path}?reprise=${fileId}`)).html, path)["aide.name"]).toBe("");
    expect((await lea.get(`${path}?reprise=x%27`)).status).toBe(200);
  });

  it("fails after five tries that end with an unexpected error, without delaying others, and ops resume it in one act", async () => {
    const { catalogue, publisherId, jobs, lea, ops, work, aids, state } = await opened();
    await catalogue.publisherAccounts.setCorrections(publisherId, "direct");
    await enter(lea, wholeEntry);
    await enter(lea, { ...wholeEntry, "aide.externalId": "b1", "aide.name": "Planter des arbres" });
    let tries = 0;
    const isIn = async (bytes: AsyncIterable<Uint8Array>) => {
      let text = "";
      for await (const piece of bytes) text += new TextDecoder().decode(piece);
      if (!text.includes("Planter des haies")) return false;
      tries += 1;
      throw new Error("no memory left");
    };
    const broken = {
      ...jobs,
      services: { ...jobs.services, feedCleaner: async () => ({ isIn, clean: (value: unknown) => value }) as never },
    };
    for (let tick = 0; tick < 8; tick++) await takePublisherFiles(broken, new AbortController().signal).catch(() => undefined);
    expect(tries).toBe(5);
    expect(await catalogue.publisherFiles.waiting()).toEqual([]);
    await work();
    expect(await aids()).toMatchObject([{ externalId: "b1" }]);
    expect(await state()).toMatch(/Planter des haies », .* de notre fait : nous reprenons cet envoi/);
    const home = words((await ops.get("/")).html);
    expect(home).toContain("Région Exemple : « Planter des haies ».");
    expect(home).toContain("en échec, de notre fait");

    expect((await ops.post("/producteurs/envois/reprendre")).to).toBe("/");
    await work();
    expect((await aids()).map(({ externalId }) => externalId).sort()).toEqual(["00042", "b1"]);
    expect(words((await ops.get("/")).html)).not.toContain("en échec, de notre fait");
  });

  it("is refused by the worker if the stored answers are not those of the form", async () => {
    const { catalogue, publisherId, work } = await opened();
    const sent = ["{", "null", '{"name":{"length":1}}', JSON.stringify({ name: "x".repeat(5000) })];
    for (const content of sent)
      await catalogue.publisherFiles.add({
        ...{ publisherId, kind: "entry", connector: null, name: "Aide", by: email, at: testNow },
        content: new TextEncoder().encode(content),
      });
    await work();
    const entries = await catalogue.publisherFiles.list(publisherId, "entry", 9);
    expect(entries.map(({ problem }) => problem)).toEqual(sent.map(() => "not-readable"));
  });

  it("is limited per hour", async () => {
    const { lea } = await opened();
    const statuses: number[] = [];
    for (let sent = 0; sent < 61; sent++) statuses.push((await lea.post(path, wholeEntry)).status);
    expect(statuses.indexOf(429)).toBe(60);
    const refused = await lea.post(path, { ...wholeEntry, "aide.name": "Planter des vergers" });
    expect(formOnPage(refused.html, path)["aide.name"]).toBe("Planter des vergers");
  });

  it("is shown again without a preview after a thousand previews in an hour, and can be sent", async () => {
    const { catalogue, publisherId, lea } = await opened();
    expect((await lea.post(`${path}/apercu`, wholeEntry)).status).toBe(200);
    await catalogue.store.rows(sql`
      insert into sign_in_tries (who, at) select who, at from sign_in_tries, generate_series(2, 1000) where who like 'preview-of:%'`);
    const refused = await lea.post(`${path}/apercu`, wholeEntry);
    expect([refused.status, formOnPage(refused.html, path)["aide.name"]]).toEqual([429, wholeEntry["aide.name"]]);
    expect((await lea.post(path, wholeEntry)).status).toBe(303);
    expect(await catalogue.publisherFiles.list(publisherId, "entry", 5)).toHaveLength(1);
  });
});
