import { type Perimeter, perimeterScales } from "../../../model/territories/perimeter.ts";
import { suggestTerritories, toInseeCode } from "../../../model/territories/perimeters.ts";
import { comparableText } from "../../../model/text/comparable-text.ts";
import { scaleLabels } from "../../exports/aides-territoires-record.ts";
import { envelope } from "../aids/envelope.ts";
import { readParameters, single } from "../parameters/parameter.ts";
import { oneOf, textUpTo } from "../parameters/read-values.ts";
import type { ApiAnswer, ApiRoute, ApiVisit } from "../route.ts";
import type { NamedBacker } from "./backer-names.ts";

const max = 50;
const asked = (meaning: string, example: string) => ({
  q: single({ name: "q", meaning, schema: { type: "string", maxLength: 200 }, example }, textUpTo(200)),
});
const perimeterParameters = {
  ...asked("Début du nom, ou code, d’un territoire. Sans rien : aucun.", "Drôme"),
  scale: single(
    { name: "scale", meaning: "Échelle.", schema: { type: "string", enum: perimeterScales }, example: "department" },
    oneOf(perimeterScales),
  ),
};
const backerParameters = asked("Mots du nom d’un porteur ; chacun est un début de mot.", "région bretagne");

/** Routes that find identifiers of territories and organisations. */
export const searchRoutes: readonly ApiRoute[] = [
  {
    path: "/api/perimeters/",
    name: "list-perimeters",
    summary: `Territoires : identifiants pour perimeter_id et perimeter_codes, ${max} au plus`,
    parameters: Object.values(perimeterParameters),
    changesWith: "code",
    answer: perimeters,
  },
  {
    path: "/api/backers/",
    name: "list-backers",
    summary: `Porteurs d’aides : identifiants pour backer_ids, ${max} au plus`,
    parameters: Object.values(backerParameters),
    changesWith: "catalogue",
    answer: backers,
  },
];

function perimeters({ query }: ApiVisit): ApiAnswer {
  const { q = "", scale } = readParameters(perimeterParameters, query);
  const found = suggestTerritories(q, scale === undefined ? max : Number.POSITIVE_INFINITY);
  const fitting = scale === undefined ? found : found.filter((territory) => territory.scale === scale);
  return listed(fitting.slice(0, max).map(perimeterRecord));
}

function perimeterRecord({ scale, code, name }: Perimeter): Record<string, unknown> {
  const label = scaleLabels[scale];
  return { id: `${scale}:${code}`, text: `${name} (${label})`, name, scale: label, code, insee_code: toInseeCode({ scale, code }) };
}

async function backers({ query, services, access, position }: ApiVisit): Promise<ApiAnswer> {
  const { q = "" } = readParameters(backerParameters, query);
  const words = comparableText(q).split(" ").filter(Boolean);
  const names = await services.backerNames.of(access.scope, position);
  const found = names.filter((backer) => words.every((word) => begins(backer, word)));
  const shown = [...found].sort((a, b) => b.aids - a.aids || (a.slug < b.slug ? -1 : 1)).slice(0, max);
  const sirens = await services.catalogue.published.backerSirens(shown.map(({ slug }) => slug));
  return listed(
    shown.map(({ slug, name, aids }) => ({ id: slug, slug, text: name, name, siren: sirens.get(slug) ?? null, aids })),
    found.length,
  );
}

function begins({ slug }: NamedBacker, word: string): boolean {
  return `-${slug}`.includes(`-${word}`);
}

function listed(records: readonly object[], count = records.length): ApiAnswer {
  return envelope({ count, previous: null, next: null, records: records.map((record) => JSON.stringify(record)) });
}
