import type { NamedKind } from "../../../catalogue/published/named-number-repository.ts";
import { type NumberedList, siteNumber, siteSlug } from "../../exports/numbers/term-numbers.ts";
import type { ApiVisit } from "../api-route.ts";
import { wrongParameters } from "./parameter.ts";
import type { AskedName } from "./read-values.ts";

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
  parameter: string,
  { services, access }: Pick<ApiVisit, "services" | "access">,
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
      const isKnown = siteNumbered(kind, written) || access.scope === "site" || (await namedNumbers.bySlug(kind, [written])).length > 0;
      return isKnown ? written : null;
    }),
  );
  const unknown = asked.filter((_, place) => found[place] === null).map(({ number, slug }) => number ?? slug);
  if (unknown.length === 0) return found.filter((slug) => slug !== null);
  const list = kind === "backer" ? "/api/backers/?q=, ou un SIREN" : kind === "program" ? "/api/programs/" : "/api/project-references/";
  throw wrongParameters([{ name: parameter, detail: `Inconnu ici : ${unknown.join(", ")}. Attendu : un identifiant de ${list}.` }]);
}

function siteNumbered(kind: NamedKind, slug: string): boolean {
  return siteNumber(siteLists[kind], slug) !== null;
}
