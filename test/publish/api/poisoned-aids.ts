import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { CuratedAid } from "../../../src/catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../../src/curation/decide-edit.ts";
import { decideMerge, decidePublish, decideReject, decideUnpublish, decideWithdraw } from "../../../src/curation/decide-status.ts";
import type { Curator } from "../../../src/curation/person-plan.ts";
import type { Verdict } from "../../../src/curation/persons-change.ts";
import { applyActs, planActs } from "../../../src/curation/plan-acts.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import { curatedAid, marie } from "../../support/curate.ts";
import { importAids, madeAid, planCreations, startRun, testNow } from "../../support/made-aids.ts";
import { publishable } from "../../support/published-aids.ts";
import { mobile, nameOf, poison, somebody } from "./poison.ts";

/** The connector of all these aids. It keeps contacts unchanged. */
export const agency = "agence-exemple";
/** The public word, in an ordinary aid and in the one full of persons. */
export const control = "remedeouvert";
export const controlAmongPeople = "remedepersonnes";
/** A word of aids that are on the site. */
export const controlOnSite = "remedesite";

/** Fits the national schema too. */
const whole: Partial<AidContent> = { ...publishable, eligibility: "<p>Toutes les communes.</p>", sourceUpdatedDate: "2026-10-06" };
const texts = (text: string): Partial<AidContent> => ({ name: `Aide ${text}`, description: `<p>Texte ${text}</p>` });
const html = (name: string) => `<p>Pour la rénovation.</p><p>${somebody(name)}</p>`;

/** A reusable aid, with a person in each of its texts. */
const people: Partial<AidContent> = {
  name: `Aide de ${nameOf("titre")}`,
  nameInitial: `Dispositif de ${nameOf("titreinitial")}`,
  shortTitle: nameOf("titrecourt"),
  description: `${html("description")}<p>${controlAmongPeople}</p>`,
  eligibility: html("conditions"),
  projectExamples: html("exemples"),
  contact: `<p>Service habitat, habitat@exemple.fr</p><p>${somebody("contact")}</p>`,
  contactEmail: `claire.${poison("mailducontact")}@exemple.fr`,
  contactPhone: mobile,
  contactDetail: somebody("detailducontact"),
  originUrl: `https://exemple.fr/aide?de=claire.${poison("lien")}%40exemple.fr`,
  originUrlText: nameOf("texteduliens"),
  keywords: ["toiture", somebody("motcle")],
  programs: ["Programme habitat", somebody("programme")],
  projectReferences: [somebody("projet")],
  financers: [{ name: nameOf("porteur"), siren: null }, ...(whole.financers ?? [])],
  instructors: [{ name: somebody("instructeur"), siren: null }],
  financerSuggestion: somebody("quipaie"),
  instructorSuggestion: somebody("quiinstruit"),
  perimeterSuggestion: somebody("territoire"),
  subventionComment: somebody("commentaire"),
  otherFinancialAidComment: somebody("autreaide"),
  importDataUrl: `https://exemple.fr/flux?de=claire.${poison("source")}@exemple.fr`,
  importDataMention: `Données de ${nameOf("mention")}`,
};

/** Aids that nobody outside has ever read. All their texts are poison, their names too. */
const neverRead: Readonly<Record<string, Partial<AidContent>>> = {
  arelire: texts(poison("arelire")),
  horschamp: { ...texts(poison("horschamp")), outOfScope: "Pour les étudiants" } as Partial<AidContent>,
  rejetee: texts(poison("rejetee")),
  fusionnee: { ...texts(poison("fusionnee")), financers: [{ name: `Agence ${poison("porteurcache")}`, siren: null }] },
};

/** Aids that were public once. The API still tells their slugs as removed. */
const readBefore = ["retiree", "depubliee", "rejeteeapres", "fusionneeapres"];

const contract = { importShareLicence: "agreement" } as const;
const onSite: Readonly<Record<string, Partial<AidContent>>> = {
  sanslicence: { ...texts(`${poison("sanslicence")} ${controlOnSite}`), importShareLicence: "unknown" },
  souscontrat: {
    ...texts(`${poison("souscontrat")} ${controlOnSite}`),
    ...contract,
    financers: [{ name: `Agence ${poison("porteursanslicence")}`, siren: "213105554" }],
  },
  exouverte: texts(poison("exouverte")),
};

/** Adds all of them to a catalogue, through runs and curators. */
export async function poisonAids(catalogue: TestCatalogue): Promise<void> {
  const read: Readonly<Record<string, Partial<AidContent>>> = {
    ouverte: texts(control),
    personnes: people,
    changee: { ...texts("changée"), description: `<p>${poison("davant")}</p>`, eligibility: `<p>${poison("importee")}</p>` },
    ...Object.fromEntries(readBefore.map((id) => [id, { name: "Aide qui partira", description: `<p>${poison(id)}</p>` }])),
    ...onSite,
  };
  const all = Object.entries({ ...read, ...neverRead }).map(([id, given]) => madeAid(id, { ...whole, ...given }));
  await importAids(catalogue, agency, all);
  for (const id of Object.keys(read)) await decide(catalogue, id, (aid) => decidePublish(aid, curator));
  // The index must read them before they are removed.
  while ((await catalogue.search.catchUp()) > 0);
  await change(catalogue, "changee", { description: "<p>Le texte corrigé.</p>", eligibility: "<p>Les communes.</p>" });
  await change(catalogue, "personnes", { contact: `<p>Service habitat</p><p>${somebody("corrigee")}</p>` });
  await change(catalogue, "exouverte", contract);
  await takeOffAids(catalogue);
  await propose(catalogue, "changee", `<p>${poison("proposee")}</p>`);
  const held = [madeAid("retenue", { ...whole, ...texts(poison("retenue")) })];
  await planCreations(catalogue, await startRun(catalogue, agency), held, { waits: true });
  while ((await catalogue.search.catchUp()) > 0);
}

async function takeOffAids(catalogue: TestCatalogue): Promise<void> {
  const survivor = await curatedAid(catalogue, { connector: agency, externalId: "ouverte" });
  for (const id of ["rejetee", "rejeteeapres"]) await decide(catalogue, id, (aid) => decideReject(aid, curator));
  for (const id of ["fusionnee", "fusionneeapres"]) await decide(catalogue, id, (aid) => decideMerge(aid, survivor, curator));
  await decide(catalogue, "retiree", (aid) => decideWithdraw(aid, curator));
  await decide(catalogue, "depubliee", (aid) => decideUnpublish(aid, curator));
}

/** Adds a publisher's change that waits for a curator. */
async function propose(catalogue: TestCatalogue, externalId: string, description: string): Promise<void> {
  const proposal = JSON.stringify({ description: { value: description, at: testNow.toISOString(), runId: randomUUID() } });
  await catalogue.store.rows(sql`
    update aids set proposals = ${proposal}::jsonb where connector = ${agency} and external_id = ${externalId}`);
}

/** The history contains her name and her words. */
const curator: Curator = { ...marie, by: nameOf("curatrice"), note: poison("notedecurateur") };

function change(catalogue: TestCatalogue, id: string, values: Partial<AidContent>): Promise<void> {
  return decide(catalogue, id, (aid) => decideEdit(aid, { values, withdrawn: [] }, curator));
}

async function decide(catalogue: TestCatalogue, externalId: string, verdict: (aid: CuratedAid) => Verdict): Promise<void> {
  const aid = await curatedAid(catalogue, { connector: agency, externalId });
  const { plan, refused } = await planActs(catalogue, curator, { connector: agency, asked: {} }, [[aid]], verdict);
  if (plan === null) throw new Error(`${externalId}: ${JSON.stringify(refused)}`);
  await applyActs(catalogue, plan.planId, curator, true);
}
