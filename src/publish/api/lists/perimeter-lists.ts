import { communes } from "../../../model/territories/communes.ts";
import { distinctPlaces, type Perimeter, perimeterScales, placeKey } from "../../../model/territories/perimeter.ts";
import { allTerritories, findPerimeter, suggestTerritories, toInseeCode } from "../../../model/territories/perimeters.ts";
import { territoryId, territoryNumber } from "../../exports/numbers/territory-numbers.ts";
import { adhocScales, scaleInAid, scaleInList, scaleNames } from "../../exports/scale-names.ts";
import type { ApiAnswer, ApiRoute, ApiVisit } from "../api-route.ts";
import { list, readParameters, single, type ValueKind, valueKind, WrongValue } from "../parameters/parameter.ts";
import { oneOf, only, territory, textUpTo, yesOrNo } from "../parameters/read-values.ts";
import { ApiProblem } from "../problem.ts";
import { emptyList, listParameters, pagedList } from "./paged-list.ts";

const scaleOf = oneOf([...perimeterScales, "adhoc"]);
const notObsolete = "seuls les territoires d’aujourd’hui sont ici";

const perimeterParameters = {
  search: single(
    {
      name: "search",
      otherNames: ["q", "searchLike"],
      meaning: "Début du nom, ou code, d’un territoire. Sans rien : tous.",
      example: "Drôme",
    },
    textUpTo(200),
  ),
  scale: list(
    {
      name: "scale",
      meaning: "Échelles (voir /api/perimeters/scales/) ; adhoc : la métropole, l’outre-mer et ses collectivités.",
      example: "department",
    },
    {
      schema: scaleOf.schema,
      read(asked) {
        const scale = scaleOf.read(asked);
        return scale === "adhoc" ? adhocScales : scale;
      },
    },
  ),
  insees: list(
    {
      name: "insees",
      otherNames: ["insee"],
      meaning: "Codes INSEE de communes ; un ancien code donne la commune d’aujourd’hui.",
      example: "26362",
    },
    codeOfForm("^(\\d|2[AB])\\d{3,4}$", /^(?:\d{5}|2[AB]\d{3})$/, "des codes INSEE de communes, tels que 26362 ou 2A004"),
  ),
  zipcodes: list(
    {
      name: "zipcodes",
      otherNames: ["zipcode"],
      meaning: "Codes postaux de communes.",
      example: "26000",
    },
    codeOfForm("^\\d{5}$", /^\d{5}$/, "des codes postaux de cinq chiffres"),
  ),
  isVisible: single(
    { name: "is_visible_to_users", meaning: "true : tous le sont.", example: "true" },
    only(["true", "1"], "tous les territoires d’ici sont visibles", yesOrNo.schema),
  ),
  isCurrent: single(
    { name: "is_non_obsolete", meaning: "true : tous le sont.", example: "true" },
    only(["true", "1"], notObsolete, yesOrNo.schema),
  ),
  ...listParameters,
};

const dataParameters = {
  perimeter: single(
    { name: "perimeter_id", meaning: "Territoire.", example: "department:26" },
    { schema: { type: "string" }, read: territory },
  ),
  ...listParameters,
};

/** Routes of territories. */
export const perimeterRoutes: readonly ApiRoute[] = [
  {
    path: "/api/perimeters/",
    name: "list-perimeters",
    summary: "Territoires : identifiants pour perimeter_id et perimeter_codes",
    parameters: Object.values(perimeterParameters),
    changesWith: "code",
    answer: perimeters,
  },
  {
    path: "/api/perimeters/scales/",
    name: "list-scales",
    summary: "Échelles de territoires",
    parameters: Object.values(listParameters),
    changesWith: "code",
    answer: (visit) =>
      pagedList(visit, listParameters, readParameters(listParameters, visit.query), Object.entries(scaleNames), ([scale, name]) => ({
        id: scale,
        slug: scale,
        name,
      })),
  },
  {
    path: "/api/perimeters/data/",
    name: "list-perimeter-data",
    summary: "Données de territoires : il n’y en a pas ici (ailleurs, noms de maires et adresses de mairies), la liste est vide",
    parameters: Object.values(dataParameters),
    changesWith: "code",
    answer: (visit) => emptyList(visit, dataParameters),
  },
  {
    path: "/api/perimeters/:territory/",
    name: "perimeter-by-id",
    summary: "Un territoire, par son identifiant ou son numéro",
    parameters: [],
    changesWith: "code",
    answer: perimeter,
  },
];

function perimeters(visit: ApiVisit): ApiAnswer {
  const asked = readParameters(perimeterParameters, visit.query);
  const scales = asked.scale && new Set(asked.scale);
  const found = candidates(asked).filter(({ scale }) => scales?.has(scale) ?? true);
  return pagedList(visit, perimeterParameters, asked, found, perimeterRecord);
}

/** Returns the territories that match name and codes. Codes of communes restrict each other and the name. */
function candidates({
  search,
  insees,
  zipcodes,
}: {
  readonly search: string | undefined;
  readonly insees: readonly string[] | undefined;
  readonly zipcodes: readonly string[] | undefined;
}): readonly Perimeter[] {
  const named = search === undefined ? null : suggestTerritories(search, Number.POSITIVE_INFINITY);
  if (insees === undefined && zipcodes === undefined) return named ?? allTerritories();
  const ofInsee = insees && distinctPlaces(insees.flatMap((code) => findPerimeter({ scale: "commune", code })?.perimeter ?? []));
  const ofZipcode = zipcodes && ofZipcodes(new Set(zipcodes));
  const keys = named && new Set(named.map(placeKey));
  const postal = ofInsee && ofZipcode && new Set(ofZipcode.map(placeKey));
  return (ofInsee ?? ofZipcode ?? []).filter((one) => (keys?.has(placeKey(one)) ?? true) && (postal?.has(placeKey(one)) ?? true));
}

function ofZipcodes(zipcodes: ReadonlySet<string>): readonly Perimeter[] {
  return [...communes().current].flatMap(([code, { name, zipcodes: own }]) =>
    own.some((zipcode) => zipcodes.has(zipcode)) ? [{ scale: "commune", code, name }] : [],
  );
}

function codeOfForm(pattern: string, form: RegExp, expected: string): ValueKind<string> {
  return valueKind({ type: "string", pattern }, (code) => {
    const written = code.toUpperCase();
    if (!form.test(written)) throw new WrongValue(expected);
    return written;
  });
}

function perimeter({ params }: ApiVisit): ApiAnswer {
  const ref = readTerritory(params.territory ?? "");
  const found = ref && findPerimeter(ref)?.perimeter;
  if (!found) throw new ApiProblem(404, { detail: "Aucun territoire n’a cet identifiant." });
  return { json: JSON.stringify(perimeterRecord(found)) };
}

function readTerritory(id: string) {
  try {
    return territory(id);
  } catch (error) {
    if (error instanceof WrongValue) return null;
    throw error;
  }
}

function perimeterRecord(found: Perimeter): Record<string, unknown> {
  const { scale, code, name } = found;
  const zipcodes = scale === "commune" ? (communes().current.get(code)?.zipcodes ?? []) : [];
  const label = scale === "commune" ? ["Commune", zipcodes.join(", ")].filter(Boolean).join(" - ") : scaleInAid(scale);
  return {
    id: territoryId(found),
    number: territoryNumber(found),
    text: `${name} (${label})`,
    name,
    scale: scaleInList(scale),
    scale_slug: scale,
    zipcodes,
    code,
    territory: placeKey(found),
    insee_code: toInseeCode({ scale, code }),
  };
}
