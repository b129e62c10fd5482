import { applyPlanPart } from "../../src/curation/apply-plan-part.ts";
import { decideSource } from "../../src/curation/decide-source.ts";
import { decideSuspend } from "../../src/curation/decide-status.ts";
import type { Objection } from "../../src/model/plan/objection.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { act, marie, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

/** Returns a text that is too long to be stored with a change. */
function longText(who: string): string {
  return `<p>La région aide ${who} qui entretiennent leurs ponts et leurs haies. ${"Elle finance études, travaux et matériel. ".repeat(15)}</p>`;
}

function record(id: string, changes: Readonly<Record<string, unknown>> = {}) {
  const known = { lien: `https://exemple.fr/aides/${id}`, fin: "2027-03-31", rythme: "Ponctuelle", publics: ["Communes"] };
  return { id, titre: `Entretenir les ${id}`, texte: longText("les communes"), ...known, ...changes };
}

/** Reads feeds that change from night to night. */
export async function fillFromNights(catalogue: TestCatalogue): Promise<void> {
  await readTwoSources(catalogue);
  const harvest = await newHarvest(catalogue, { id: "departement-exemple", guards: guardsOff });
  const { connector } = harvest;
  await harvest.day([record("ponts"), record("haies"), record("lavoirs")]);
  await publish(catalogue, { connector, externalId: "haies" });
  await done(act(catalogue, { connector, externalId: "haies" }, (aid) => decideSuspend(aid, marie, "2027-01-31", "crédits épuisés")));
  // A new identifier, an aid that is missing twice, and long texts that change.
  const text = { texte: longText("les intercommunalités"), fin: "2027-06-30" };
  await harvest.day([record("ponts", { ...text, id: "2027/ponts" }), record("haies", text)]);
  const { planId } = await harvest.day([record("ponts", { titre: "Ponts et gués", id: "2027/ponts", fin: "2027-09-30" })], {
    dryRun: true,
  });
  const part = await applyPlanPart(catalogue, planId ?? "", marie, { part: { fields: ["submissionDeadline"] } });
  if ("refused" in part) throw new Error(part.refused);
}

/** An aid that two connectors bring: their dates contradict each other, and a person has chosen whose date is shown. */
async function readTwoSources(catalogue: TestCatalogue): Promise<void> {
  const linked = { guards: guardsOff, otherSources: { link: true } } as const;
  const name = {
    name: "Agrégateur d’exemple",
    kind: "aggregator",
    territory: { scale: "country", code: "FRA" },
    licence: "openlicence20",
  } as const;
  const portal = await newHarvest(catalogue, { id: "portail-exemple", publisher: name, ...linked });
  const region = await newHarvest(catalogue, { id: "region-source", ...linked });
  await portal.day([record("bocages", { fin: "2027-01-04" })]);
  const { counts } = await region.day([record("bocages")]);
  if (counts.linked !== 1) throw new Error("the sources are not linked");
  await portal.day([record("bocages", { fin: "2027-02-04" })]);
  await region.day([record("bocages", { fin: "2027-06-30", texte: longText("les départements") })]);
  const { connector } = region;
  const chosen = { field: "submissionDeadline", connector, connectors: [connector] } as const;
  await done(act(catalogue, { connector: portal.connector, externalId: "bocages" }, (aid) => decideSource(aid, chosen, marie)));
}

async function done(acted: Promise<Objection | null>): Promise<void> {
  const refused = await acted;
  if (refused !== null) throw new Error(refused.code);
}
