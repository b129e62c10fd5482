import { describe, expect, it } from "vitest";
import { wordName } from "../../../../src/console/pages/editor/draft/words-step.tsx";
import { ownCatalogue } from "../../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../../support/console-client.ts";
import { formOnPage } from "../../../support/form-on-page.ts";

const feed = [
  "id;titre;texte;public;lien",
  "A1;Rénover une salle des fêtes;<p>Pour tous.</p>;Petites communes;https://www.example.org/a1",
  "A2;Planter des haies;<p>Pour tous.</p>;Gestionnaires de crèches;https://www.example.org/a2",
  "A3;Isoler une mairie;<p>Pour tous.</p>;Toutes entreprises;https://www.example.org/a3",
].join("\n");

const words = ["Petites communes", "Gestionnaires de crèches", "Toutes entreprises"];

const plain = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

/** Returns the form as a browser would send it, without the token, which differs by person. */
function formIn(html: string, path: string) {
  const { jeton: _, ...form } = formOnPage(html, path);
  return form;
}

/** Returns the form of the words with other answers for some words. */
function answered(html: string, path: string, answers: Readonly<Record<string, string>>) {
  const form = formIn(html, path);
  for (const [word, answer] of Object.entries(answers)) {
    const name = wordName("targetedAudiences", word);
    delete form[name];
    form[answer === "ignorer" ? `${name}-ignorer` : name] = answer === "ignorer" ? "1" : answer;
  }
  return form;
}

/** Returns the form's answer for each word. */
function answersOn(html: string, path: string) {
  const form = formOnPage(html, path);
  const answer = (name: string) => [form[name] ?? expect.fail(`the page does not ask for ${name}`)].flat().join("");
  return Object.fromEntries(
    words.map((word) => {
      const name = wordName("targetedAudiences", word);
      return [word, answer(`${name}-ignorer`) === "1" ? "ignorer" : answer(name)];
    }),
  );
}

async function createDraft(client: ConsoleClient): Promise<string> {
  const draft = ((await client.post("/brouillons", { nom: "Région Bretagne" })).to ?? "").replace(/\/producteur$/, "");
  const who = { nom: "Région Bretagne", nature: "region", territoire: "Bretagne", licence: "openlicence20", connecteur: "region-essai" };
  await client.post(`${draft}/producteur`, who);
  await client.post(`${draft}/flux`, { fichier: new File([feed], "aides.csv") });
  return draft;
}

describe("two people who answer the words of a new publisher at once", () => {
  it("see both the typed and the saved answers, and lose neither", async () => {
    const catalogue = await ownCatalogue();
    const console = testConsole(catalogue);
    const [marie, paul] = [await console.as("bizdev", "Marie"), await console.as("bizdev", "Paul")];
    const draft = await createDraft(marie);
    const path = `${draft}/mots`;
    const seen = (await marie.get(path)).html;
    const ofPaul = answered(seen, path, { "Petites communes": "department", "Gestionnaires de crèches": "researcher" });
    const ofMarie = answered(seen, path, { "Petites communes": "epci", "Toutes entreprises": "ignorer" });
    expect((await paul.post(path, ofPaul)).status).toBe(303);
    const again = await marie.post(path, ofMarie);
    expect(again.status).toBe(409);
    expect(plain(again.html)).toContain("Paul a enregistré pendant que vous écriviez");
    expect(plain(again.html)).toContain("« Petites communes » Départements Ces mots du producteur");
    const both = { "Petites communes": "epci", "Gestionnaires de crèches": "researcher", "Toutes entreprises": "ignorer" };
    expect(answersOn(again.html, path)).toEqual(both);

    expect((await marie.post(path, formIn(again.html, path))).status).toBe(303);
    expect(answersOn((await paul.get(path)).html, path)).toEqual(both);
  }, 120_000);

  it("see the conflict in a field's source too, with the typed choice", async () => {
    const catalogue = await ownCatalogue();
    const console = testConsole(catalogue);
    const [marie, paul] = [await console.as("bizdev", "Marie"), await console.as("bizdev", "Paul")];
    const draft = await createDraft(marie);
    const path = `${draft}/champs/description`;
    const { version = "" } = formOnPage((await marie.get(path)).html, path);
    expect((await paul.post(`${draft}/champs/name`, { version, facon: "champ", champ: "texte" })).status).toBe(303);
    const again = await marie.post(path, { version, facon: "fixe", fixe: "Une phrase à elle" });
    expect(again.status).toBe(409);
    expect(plain(again.html)).toContain("Paul a enregistré pendant que vous écriviez");
    const form = formIn(again.html, path);
    expect(form).toMatchObject({ facon: "fixe", fixe: "Une phrase à elle" });
    expect((await marie.post(path, form)).status).toBe(303);
  }, 120_000);
});
