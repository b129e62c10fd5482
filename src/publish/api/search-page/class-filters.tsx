import type { Child } from "hono/jsx";
import type { PublishedFilter } from "../../../catalogue/published/published-condition.ts";
import { readerName } from "../../../french/fields.ts";
import { french } from "../../../french/typography.ts";
import { vocabularies } from "../../../model/vocabularies.ts";

/** Filters by words of ours, which an aid may not have yet. */
export type AskedClasses = Pick<PublishedFilter, "categories" | "steps" | "destinations" | "unclassified">;

/** The filters: name in the address of the page and of the API, vocabulary. */
const filters = {
  categories: { name: "thematique", parameter: "category_slugs", vocabulary: "categories" },
  steps: { name: "avancement", parameter: "aid_step_slugs", vocabulary: "mobilizationSteps" },
  destinations: { name: "depenses", parameter: "aid_destination_slugs", vocabulary: "destinations" },
} as const;
const each = Object.entries(filters) as [keyof typeof filters, (typeof filters)[keyof typeof filters]][];
const [shownOf, unclassifiedOnly] = ["classement", "a-faire"];

/** Reads the filters of an address. Ignores unknown terms. */
export function readClasses(query: URLSearchParams): AskedClasses {
  const terms = each.flatMap(([key, { name, vocabulary }]) => {
    const term = vocabularies[vocabulary].find(({ slug }) => slug === query.get(name));
    return term === undefined ? [] : [[key, [term.slug]]];
  });
  const isOnly = terms.length > 0 && query.get(shownOf) === unclassifiedOnly;
  return { ...Object.fromEntries(terms), ...(isOnly && { unclassified: "only" }) };
}

/** Returns the filters as parts of the address of the page, or of the API. */
export function queryOfClasses(asked: AskedClasses, kind: "page" | "api" = "page"): Record<string, string> {
  const terms = each.flatMap(([key, { name, parameter }]) => {
    const term = asked[key]?.[0];
    return term === undefined ? [] : [[kind === "page" ? name : parameter, term]];
  });
  const only = kind === "page" ? { [shownOf]: unclassifiedOnly } : { unclassified: "only" };
  return { ...Object.fromEntries(terms), ...(asked.unclassified === "only" && only) };
}

/** The filters of the form, folded unless one is set. */
export function ClassFilters({ asked }: { readonly asked: AskedClasses }): Child {
  return (
    <details class="send" open={Object.keys(asked).length > 0}>
      <summary>Préciser</summary>
      {each.map(([key, { name, vocabulary }]) => (
        <label>
          {readerName(vocabulary)}
          <select name={name}>
            <option value="">Indifférent</option>
            {vocabularies[vocabulary].map(({ slug, label }) => (
              <option value={slug} selected={slug === asked[key]?.[0]}>
                {label}
              </option>
            ))}
          </select>
        </label>
      ))}
    </details>
  );
}

/** Says how many aids the filters leave out only because they are not classified yet, or that only these are shown. */
export function Unclassified({
  asked,
  count,
  addressOf,
}: {
  readonly asked: AskedClasses;
  readonly count: number;
  readonly addressOf: (classes: AskedClasses) => string;
}): Child {
  if (asked.unclassified === "only") {
    const { unclassified: _, ...classified } = asked;
    return (
      <p>
        {french`Ces aides ne sont pas encore classées : à vous de voir si elles répondent à vos critères. `}
        <a href={addressOf(classified)}>Voir les aides classées</a>
      </p>
    );
  }
  if (count === 0) return null;
  const text = count === 1 ? "1 autre aide n’est pas encore classée" : french`${count} autres aides ne sont pas encore classées`;
  return (
    <p>
      {`${text} : `}
      <a href={addressOf({ ...asked, unclassified: "only" })}>{count === 1 ? "la voir" : "les voir"}</a>
    </p>
  );
}
