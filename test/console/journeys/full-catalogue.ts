import { decideMerge, decideReject } from "../../../src/curation/decide-status.ts";
import { workOnce } from "../../../src/jobs/worker/work-once.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { act, answer, curatedAid, edit, marie, publish } from "../../support/curate.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";

/** Text that no page may fail on: markup, a formula, bidirectional marks, an endless line, an empty text. */
const awkward = [
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  '=HYPERLINK("https://example.org";"ici")',
  "Aide \u202egnirts desrever\u202c et \u2066isolée\u2069",
  "Interminable".repeat(400),
];

function frenchRecord(id: string) {
  return {
    id,
    titre: `Financer le projet ${id}`,
    texte: `<p>Une aide pour le projet ${id}. <a href="https://example.org/${id}">Voir</a></p>`,
    lien: `https://example.org/${id}`,
    debut: "2026-10-01",
    fin: "2027-03-31",
    rythme: "Ponctuelle",
    publics: "Communes",
    motsCles: ["eau", "projet"],
  };
}

/** `folders`: of its connectors. `trial`: address of a change on trial, which only its author can find. */
export interface FullCatalogue {
  readonly folders: readonly string[];
  readonly trial: string;
}

/** How the catalogue is filled. `english`: its title and text, for aids in English. */
interface Filling {
  readonly aids: number;
  readonly texts: readonly string[];
  readonly english?: { readonly titre: string; readonly texte: string };
}

/** Default: few aids, some of them with text that no page may fail on. */
const few: Filling = { aids: 30, texts: awkward };
/** As many aids as fill a page of every list, with the texts of ordinary publishers. */
export const ordinary: Filling = { aids: 120, texts: [] };

/**
 * Fills a catalogue with every kind of object that pages show: applied, held and failed runs; rejected records, issues, unknown words;
 * aids in every state; a pause; a draft, a connector created in the console, a change of it on trial, a letter.
 */
export async function fillCatalogue(catalogue: TestCatalogue, { aids, texts, english }: Filling = few): Promise<FullCatalogue> {
  const record = (id: string, changes: Readonly<Record<string, unknown>> = {}) => ({
    ...frenchRecord(id),
    ...(english && { titre: `${english.titre} ${id}`, texte: english.texte }),
    ...changes,
  });
  const language = english === undefined ? "fr" : "en";
  const harvest = await newHarvest(catalogue, { id: "region-pleine", language });
  const many = Array.from({ length: aids }, (_, number) => record(`p${number}`));
  const unknownWord = record("mots", { publics: "Martiens" });
  const odd = [
    ...texts.map((titre, number) => record(`h${number}`, { titre, texte: titre })),
    unknownWord,
    record("date", { debut: "demain" }),
    record("echue", { fin: "2026-11-01" }),
    { id: "sans-titre", texte: "<p>Rien.</p>" },
    { titre: "Sans identifiant" },
  ];
  await harvest.day([...many, ...odd]);
  const of = (externalId: string) => ({ connector: harvest.connector, externalId });
  for (const id of ["p0", "p1", "p2"]) await publish(catalogue, of(id));
  await edit(catalogue, of("p3"), { name: "Un titre corrigé" });
  await act(catalogue, of("p4"), (aid) => decideReject(aid, marie));
  const into = await curatedAid(catalogue, of("p6"));
  await act(catalogue, of("p5"), (aid) => decideMerge(aid, into, marie));
  const changed = many.map((one, number) => (number < 3 ? record(one.id, { texte: "<p>Tout autre chose.</p>", fin: "2027-04-30" }) : one));
  await harvest.day([...changed, ...odd]);
  await answer(catalogue, of("p1"), "accept");
  await harvest.day([...changed.slice(0, 5), unknownWord]);
  const twin = await newHarvest(catalogue, { id: "departement-jumeau", language });
  await twin.day([record("p7"), record("p8"), record("autre")]);
  await twin.day("{ cassé").catch(() => undefined);
  await catalogue.schedule.pause({ connector: twin.connector, by: "Olga", at: testNow, reason: "le serveur déménage" });
  await partner(catalogue, harvest.connector);
  const folders = [harvest.folder, twin.folder];
  return { folders, trial: await madeInConsole(catalogue, folders, harvest.connector) };
}

/** Adds a publisher with a connector and a contact, first in the list. */
async function partner({ publishers, contacts }: TestCatalogue, connector: string): Promise<void> {
  const by = { by: "Marie", now: testNow };
  const nothing = { siren: null, website: null, licence: null, agreedOn: null, agreedBy: null, agreementDocument: null };
  const open = { personInCharge: null, nextAction: "Rappeler", nextActionOn: "2026-11-20" };
  const name = "Agence aux mille aides";
  const publisherId = await publishers.add({ ...nothing, ...open, name, kind: "agency", territory: "country:FRA" }, by);
  await publishers.giveConnector(connector, publisherId);
  await contacts.add(publisherId, { name: "Camille Exemple", role: null, email: null, phone: null, note: null, getsLetters: true }, by);
}

const feed = [
  "id;titre;texte;fin;public;lien;interne",
  "A1;Rénover une salle des fêtes;<p>Pour les <b>communes</b>.</p>;31/12/2027;Petites communes;https://www.example.org/a1;x",
  "A2;Planter des haies;<p>Pour tous.</p>;01/02/2028;Associations locales;https://www.example.org/a2;y",
].join("\n");

/**
 * Adds two drafts, one with a connector that has run and a change, one unfinished, and a letter to a publisher. Returns the change's
 * address.
 */
async function madeInConsole(catalogue: TestCatalogue, folders: readonly string[], written: string): Promise<string> {
  const console = testConsole(catalogue, { folders });
  const bizdev = await console.as("bizdev", "Marie");
  const draft = await begun(bizdev, "Région Bretagne", "region-bretagne-essai");
  for (const step of ["lecture", "champs/externalId", "champs", "mots", "essai"]) {
    const path = `${draft}/${step}`;
    await send(bizdev, path);
  }
  await workOnce(console.services.jobs, {});
  const open = await begun(bizdev, "Région Normandie", "region-normandie-essai");
  for (const step of ["lecture", "champs/externalId", "champs"]) await send(bizdev, `${open}/${step}`);
  const change = { facon: "champ", champ: "interne", raison: "les mots-clés y sont" };
  const trial = await send(bizdev, "/connecteurs/region-bretagne-essai/definition/champs/keywords", change);
  await workOnce(console.services.jobs, {});
  await send(bizdev, `/connecteurs/${written}/courriers`);
  return trial;
}

async function begun(client: ConsoleClient, nom: string, connecteur: string): Promise<string> {
  const draft = ((await client.post("/brouillons", { nom })).to ?? "").replace(/\/producteur$/, "");
  const territoire = nom.replace("Région ", "");
  await client.post(`${draft}/producteur`, { nom, nature: "region", territoire, licence: "openlicence20", connecteur });
  await client.post(`${draft}/flux`, { fichier: new File([feed], "aides.csv") });
  return draft;
}

/** Sends a page's form with these changes. Returns the redirect target. */
async function send(client: ConsoleClient, path: string, changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const { jeton: _, relire: __, ...fields } = formOnPage((await client.get(path)).html, path);
  return (await client.post(path, { ...fields, ...changes })).to ?? "/";
}
