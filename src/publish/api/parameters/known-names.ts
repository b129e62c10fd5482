import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { NamedKind } from "../../../catalogue/published/named-number-repository.ts";
import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import { type NumberedList, siteNumber, siteSlug } from "../../exports/numbers/term-numbers.ts";
import type { Access } from "../access/access.ts";
import { givenOlderNames, list, type Parameter, type ValueKind, valueKind, WrongValue, wrongParameters } from "./parameter.ts";

/** A name in a request, by number, by SIREN, by slug, or by number and slug as Aides-territoires writes it (`22-ademe`). */
export interface AskedName {
  readonly number: number | null;
  readonly slug: string | null;
}

/** Names of a list. `expected`: its address. */
function askedName(expected: string): ValueKind<AskedName> {
  return valueKind({ type: "string", maxLength: 300 }, (text) => {
    const [, number, after] = /^(\d{1,15})(?:-(.+))?$/.exec(text.trim().slice(0, 300)) ?? [];
    if (number !== undefined) return { number: Number(number), slug: after === undefined ? null : backerSlug(after) };
    const slug = backerSlug(text.slice(0, 300));
    if (slug === "") throw new WrongValue(`des identifiants donnés par ${expected}`);
    return { number: null, slug };
  });
}

const backerName = askedName("/api/backers/?q=, ou des SIREN");

/** Filters by names that the catalogue knows. */
export const nameParameters = {
  backers: list(
    {
      name: "backer_ids",
      olderNames: ["backers", "backerschoice"],
      meaning: "Porteurs : numéro ou identifiant donné par /api/backers/?q=, ou SIREN.",
      example: "200053767",
    },
    valueKind(backerName.schema, (asked) => backerName.read(/^\d{3} \d{3} \d{3}$/.test(asked) ? asked.replaceAll(" ", "") : asked)),
  ),
  programs: list(
    {
      name: "programs",
      otherNames: ["program_ids", "program_slugs"],
      olderNames: ["programIds"],
      meaning: "Programmes : numéro ou nom réduit (voir /api/programs/).",
      example: "",
    },
    askedName("/api/programs/"),
  ),
  projectReferences: list(
    {
      name: "project_reference_id",
      otherNames: ["project_reference_ids"],
      olderNames: ["projectReferenceId"],
      meaning: "Projets référents : numéro ou nom réduit (voir /api/project-references/).",
      example: "",
    },
    askedName("/api/project-references/"),
  ),
} as const;

/** Kind of names -> its list in `site-numbers.json`. */
export const siteLists = {
  backer: "backers",
  program: "programs",
  "project-reference": "projectReferences",
} as const satisfies Record<NamedKind, NumberedList>;

/**
 * Returns the slugs of requested names, or the SIREN of backers; undefined if none are requested. Throws `ApiProblem` 400 for unknown
 * ones, because an empty list would look like an answer. The site also finds backers who are people, which have no number.
 */
export async function knownNames(
  kind: NamedKind,
  asked: readonly AskedName[] | undefined,
  parameter: Parameter,
  {
    services,
    access,
    query,
  }: {
    readonly services: { readonly catalogue: Pick<Catalogue, "namedNumbers"> };
    readonly access: Access;
    readonly query: URLSearchParams;
  },
): Promise<readonly string[] | undefined> {
  if (asked === undefined) return undefined;
  const { namedNumbers } = services.catalogue;
  const found = await Promise.all(
    asked.map(async ({ number, slug }) => {
      if (number !== null) {
        const numbered = siteSlug(siteLists[kind], number) ?? (await namedNumbers.byNumber(kind, number))?.slug;
        if (numbered !== undefined) return numbered;
        if (slug === null) return kind === "backer" && /^\d{9}$/.test(String(number)) ? String(number) : null;
      }
      const written = slug ?? "";
      const isKnown =
        siteNumber(siteLists[kind], written) !== null || access.scope === "site" || (await namedNumbers.bySlug(kind, [written])).length > 0;
      return isKnown ? written : null;
    }),
  );
  const unknown = asked.filter((_, place) => found[place] === null).map(({ number, slug }) => number ?? slug);
  if (unknown.length === 0) return found.filter((slug) => slug !== null);
  const list = kind === "backer" ? "/api/backers/?q=, ou un SIREN" : kind === "program" ? "/api/programs/" : "/api/project-references/";
  const [name = parameter.name] = givenOlderNames([parameter], query);
  throw wrongParameters([{ name, detail: `Inconnu ici : ${unknown.join(", ")}. Attendu : un identifiant de ${list}.` }]);
}
