import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../../src/catalogue/open-catalogue.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { draftWithFeed } from "../previews/draft-with-feed.ts";

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");

/** Returns the form of a page as a browser would send it, without the token, which differs by person. */
async function formOf(client: ConsoleClient, path: string) {
  const { jeton: _, ...form } = formOnPage((await client.get(path)).html, path);
  return form;
}

async function answersOf(catalogue: Catalogue, id: string) {
  const draft = await catalogue.drafts.find(id);
  return (draft?.answers ?? {}) as {
    readonly proposed: { readonly fields: Readonly<Record<string, unknown>> };
    readonly changes: { readonly fields?: Readonly<Record<string, unknown>> };
    readonly unfit?: object;
  };
}

async function setUp() {
  const catalogue = await ownCatalogue();
  const console = testConsole(catalogue);
  const [marie, paul] = [await console.as("bizdev", "Marie"), await console.as("bizdev", "Paul")];
  const draft = await draftWithFeed(marie);
  return { catalogue, marie, paul, ...draft, fieldsOf: async () => (await answersOf(catalogue, draft.id)).changes.fields };
}

describe("two people who edit one draft at once", () => {
  it("both keep the field that they changed, and see the other's", async () => {
    const { marie, paul, path, fieldsOf } = await setUp();
    const [name, text] = [`${path}/champs/keywords`, `${path}/champs/eligibility`];
    const [ofMarie, ofPaul] = [await formOf(marie, name), await formOf(paul, text)];
    expect((await paul.post(text, { ...ofPaul, facon: "fixe", fixe: "Les communes" })).status).toBe(303);
    const again = await marie.post(name, { ...ofMarie, facon: "champ", champ: "public" });
    expect(again.status).toBe(409);
    expect(plain(again.html)).toContain("Paul a enregistré pendant que vous écriviez");
    expect(plain(again.html)).not.toContain("Vous avez tous deux changé ceci");
    const { jeton: _, ...form } = formOnPage(again.html, name);
    expect((await marie.post(name, form)).status).toBe(303);
    expect(await fieldsOf()).toMatchObject({ keywords: { kind: "list" }, eligibility: { kind: "constant", value: "<p>Les communes</p>" } });
    for (const client of [marie, paul])
      expect(plain((await client.get(`${path}/champs`)).html)).toContain("Mots-clés le champ « public », en liste");
  });

  it("see what the other wrote in the same field", async () => {
    const { marie, paul, path } = await setUp();
    const address = `${path}/champs/eligibility`;
    const shown = await formOf(marie, address);
    await paul.post(address, { ...shown, facon: "fixe", fixe: "Les communes" });
    const again = await marie.post(address, { ...shown, facon: "fixe", fixe: "Les départements" });
    expect(plain(again.html)).toContain("Vous avez tous deux changé ceci");
    expect(plain(again.html)).toContain("Les communes");
    expect(formOnPage(again.html, address)).toMatchObject({ facon: "fixe", fixe: "Les départements" });
  });

  it("both keep their part of the publisher, the schedule and the guards", async () => {
    const { catalogue, marie, paul, path, id } = await setUp();
    const publisher = await formOf(marie, `${path}/producteur`);
    await paul.post(`${path}/producteur`, { ...publisher, site: "https://paul.example" });
    const again = await marie.post(`${path}/producteur`, { ...publisher, contact: "Solveig" });
    expect(again.status).toBe(409);
    const merged = formOnPage(again.html, `${path}/producteur`);
    expect(merged).toMatchObject({ site: "https://paul.example", contact: "Solveig" });

    const schedule = await formOf(marie, `${path}/collecte`);
    const guards = await formOf(paul, `${path}/garde-fous`);
    expect((await paul.post(`${path}/garde-fous`, { ...guards, gone: "20" })).status).toBe(303);
    const late = await marie.post(`${path}/collecte`, { ...schedule, rythme: "main", jours: "30" });
    const { jeton: _, ...form } = formOnPage(late.html, `${path}/collecte`);
    expect(form).toMatchObject({ rythme: "main", jours: "30" });
    expect((await marie.post(`${path}/collecte`, form)).status).toBe(303);
    const { changes } = await answersOf(catalogue, id);
    expect(changes).toMatchObject({ guards: { gone: 0.2 }, rhythm: { everyDays: 30 } });
  });
});

describe("a draft with another file", () => {
  it("keeps what people chose, proposes the rest anew, and remembers choices that the file does not allow", async () => {
    const { catalogue, marie, path, id } = await setUp();
    const choose = async (field: string, choice: Readonly<Record<string, string>>) =>
      marie.post(`${path}/champs/${field}`, { ...(await formOf(marie, `${path}/champs/${field}`)), ...choice });
    await choose("eligibility", { facon: "champ", champ: "public" });
    await choose("originUrl", { facon: "rien" });
    const give = (header: string) =>
      marie.post(`${path}/flux`, { fichier: new File([`${header}\nA1;Une salle;x;y;https://x.example`], "b.csv") });

    await give("id;titre;resume;public;lien");
    const kept = await answersOf(catalogue, id);
    expect(kept.changes.fields).toMatchObject({ originUrl: null });
    expect(JSON.stringify(kept.changes.fields?.eligibility)).toContain('"public"');
    expect(Object.keys(kept.proposed.fields)).not.toContain("submissionDeadline");

    await give("id;titre;resume;autre;lien");
    const without = await answersOf(catalogue, id);
    expect(without.changes.fields).toEqual({ originUrl: null });
    expect(JSON.stringify(without.unfit)).toContain('"public"');
    expect((await marie.get(`${path}/essai`)).status).toBe(200);

    await give("id;titre;resume;public;lien");
    expect(JSON.stringify((await answersOf(catalogue, id)).changes.fields?.eligibility)).toContain('"public"');
  });
});

describe("the table of a draft", () => {
  it("saves several columns at once, and is not saved over a colleague's choice", async () => {
    const { marie, paul, path, fieldsOf } = await setUp();
    const page = `${path}/champs`;
    const chosen = `${page}?choix=${encodeURIComponent("keywords=public")}&choix=${encodeURIComponent("contact=")}`;
    const shown = await marie.get(chosen);
    expect(plain(shown.html)).toContain("2 choix à enregistrer");
    const version = /name="version" value="(\d+)"/.exec(shown.html)?.[1] ?? "";
    const form = { choix: ["keywords=public", "contact="], version };
    const theirs = `${path}/champs/keywords`;
    await paul.post(theirs, { ...(await formOf(paul, theirs)), facon: "champ", champ: "lien" });
    const late = await marie.post(page, form);
    expect(late.status).toBe(409);
    expect(plain(late.html)).toContain("Paul a enregistré pendant que vous écriviez");
    expect(plain(late.html)).toContain("2 choix à enregistrer");
    const again = /name="version" value="(\d+)"/.exec(late.html)?.[1] ?? "";
    expect((await marie.post(page, { ...form, version: again })).to).toBe(page);
    expect(await fieldsOf()).toMatchObject({ keywords: { kind: "list" }, contact: null });
  });
});
