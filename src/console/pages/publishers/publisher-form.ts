import type { PublisherFacts } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherKinds } from "../../../kit/definition.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { isSiren } from "../../../model/publisher/is-siren.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { slugsOf } from "../../../model/vocabularies.ts";
import { readTerritory } from "../../curation/read-territory.ts";
import type { Form } from "../../route.ts";
import { isDay } from "./is-day.ts";
import { territoryInWords } from "./read-publisher-rows.ts";

/** Fields of the form of a publisher, with the most characters of each. */
export const longest = {
  nom: 200,
  siren: 20,
  nature: 40,
  territoire: 200,
  site: 500,
  responsable: 40,
  licence: 40,
  "accord-jour": 10,
  "accord-par": 200,
  "accord-document": 500,
} as const;

/** A field of the form. */
export type PublisherField = keyof typeof longest;
/** A publisher as it is written in the form. */
export type WrittenPublisher = Readonly<Record<PublisherField, string>>;
/** What the form says of a publisher: all but what is to be done next. */
export type FormFacts = Omit<PublisherFacts, "nextAction" | "nextActionOn">;

/** The fields, in their order on the form. */
export const publisherFields = Object.keys(longest) as readonly PublisherField[];

/** What was written in the form. */
export function readWritten(form: Form): WrittenPublisher {
  const written = publisherFields.map((name) => [name, form.text(name).slice(0, longest[name])]);
  return Object.fromEntries(written) as WrittenPublisher;
}

/** A publisher as the form shows it; null: one that is to be. */
export function writtenOf(facts: FormFacts | null): WrittenPublisher {
  return {
    nom: facts?.name ?? "",
    siren: facts?.siren ?? "",
    nature: facts?.kind ?? "",
    territoire: territoryInWords(facts?.territory ?? null),
    site: facts?.website ?? "",
    responsable: facts?.personInCharge ?? "",
    licence: facts?.licence ?? "",
    "accord-jour": facts?.agreedOn ?? "",
    "accord-par": facts?.agreedBy ?? "",
    "accord-document": facts?.agreementDocument ?? "",
  };
}

/** What was meant; or what is wrong, by field. `people`: ids of those who may be in charge. */
export function readFacts(
  written: WrittenPublisher,
  people: ReadonlySet<string>,
): { readonly facts: FormFacts | null; readonly problems: Readonly<Record<string, string>> } {
  const siren = written.siren.replaceAll(/\s/g, "");
  const kind = publisherKinds.find((known) => known === written.nature);
  const licence = slugsOf("importShareLicence").find((known) => known === written.licence);
  const territories = territoriesOf(written.territoire);
  const agreedOn = written["accord-jour"];
  const problems: Record<string, string> = {
    ...(written.nom === "" && { nom: "Dites le nom du producteur." }),
    ...(siren !== "" && !isSiren(siren) && { siren: sirenProblem(siren) }),
    ...(kind === undefined && { nature: "Dites ce qu’est le producteur." }),
    ...(written.territoire !== "" && territories.length !== 1 && { territoire: territoryProblem(territories.length) }),
    ...(written.site !== "" && !/^https?:\/\/\S+$/.test(written.site) && { site: "Une adresse commence par http:// ou https://." }),
    ...(written.responsable !== "" && !people.has(written.responsable) && { responsable: "Cette personne ne suit plus de producteur." }),
    ...(written.licence !== "" && licence === undefined && { licence: "Choisissez une licence." }),
    ...(agreedOn !== "" && !isDay(agreedOn) && { "accord-jour": "Cette date n’existe pas : écrivez-la comme 2026-12-31." }),
  };
  if (Object.keys(problems).length > 0 || kind === undefined) return { facts: null, problems };
  const [territory] = territories;
  return {
    facts: {
      name: written.nom,
      siren: siren === "" ? null : siren,
      kind,
      territory: territory === undefined ? null : `${territory.scale}:${territory.code}`,
      website: written.site || null,
      personInCharge: written.responsable || null,
      licence: licence ?? null,
      agreedOn: agreedOn || null,
      agreedBy: written["accord-par"] || null,
      agreementDocument: written["accord-document"] || null,
    },
    problems,
  };
}

function territoriesOf(line: string) {
  if (line === "") return [];
  const ref = refOf(line);
  const coded = ref === undefined ? undefined : findPerimeter(ref)?.perimeter;
  return coded === undefined ? readTerritory(line) : [coded];
}

/** What is wrong with what is no SIREN. */
export function sirenProblem(siren: string): string {
  return /^\d{9}$/.test(siren) ? "Ce SIREN n’existe pas : un de ses chiffres est faux." : "Un SIREN a neuf chiffres.";
}

function territoryProblem(found: number): string {
  return found === 0
    ? "Nous ne connaissons pas ce territoire : écrivez son nom (« Bretagne ») ou son code (« région 53 »)."
    : "Plusieurs territoires portent ce nom : écrivez aussi lequel (« département 75 »).";
}
