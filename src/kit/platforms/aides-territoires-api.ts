import type { ConnectorInput } from "../definition.ts";
import { firstOf, split } from "../expressions/expression.ts";
import { choose, type FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { date } from "../rules/date.ts";
import { html } from "../rules/html.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { money } from "../rules/money.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { rate } from "../rules/rate.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";
import { highestRate, lowestRate } from "./bare-rates.ts";
import { overPlatform, type Platform, type PlatformConnector } from "./over-platform.ts";
import { siteTerritories, siteTerritorySuggestion } from "./site-territories.ts";

/** A connector of a service with the API of Aides-territoires at `feed`. */
type AidesTerritoiresApi = PlatformConnector & {
  /**
   * `site`: Aides-territoires itself. `publisher`: a publisher that offers the same API, as departments do, with older fields, no scales,
   * and names as in its forms.
   */
  readonly servedBy: "site" | "publisher";
  /** Where a permanent key is exchanged for a token, and the variable with the key. Omit it if no key is needed. */
  readonly token?: { readonly url: string; readonly keyFrom: string };
};

/** The API writes ISO dates, forms `31/12/2024`. */
const days = ["iso", "dd/MM/yyyy"];

const onBoth = {
  externalId: identifier("id"),
  name: text("name"),
  shortTitle: text("short_title"),
  description: html("description"),
  eligibility: html("eligibility"),
  projectExamples: html("project_examples"),
  contact: html("contact"),
  originUrl: url("origin_url"),
  applicationUrl: url("application_url"),
  isCallForProject: yesNo("is_call_for_project"),
  startDate: date("start_date", days),
  predepositDate: date("predeposit_date", days),
  submissionDeadline: date("submission_deadline", days),
  recurrence: terms("recurrence", "recurrence"),
  aidTypes: terms("aid_types", "aidTypes"),
  targetedAudiences: terms("targeted_audiences", "targetedAudiences"),
  destinations: terms("destinations", "destinations"),
  mobilizationSteps: terms("mobilization_steps", "mobilizationSteps"),
  programs: list("programs"),
  instructors: organisations("instructors"),
  subventionComment: text("subvention_comment"),
  sourceUpdatedDate: date("date_updated", days),
} satisfies FieldRules;

const site: Platform = {
  // Exports that join the pages are a bare list.
  decode: { format: "json", recordPath: ["results", ""], total: "count" },
  ignored: ["slug", "financers_full", "instructors_full", "aid_types_full", "import_share_licence", "date_created", "is_live"],
  fields: {
    ...onBoth,
    nameInitial: text(firstOf("name_initial", "name")),
    isCharged: yesNo("is_charged"),
    europeanAid: terms("european_aid", "europeanAid"),
    // The theme precedes the category: `Theme|Category` until 2023, `Theme / Category` since. Term files know themes that contain ` / `.
    categories: terms(split(split("categories", "|"), " / "), "categories"),
    projectReferences: list("project_references"),
    financers: organisations("financers"),
    perimeters: siteTerritories("perimeter", "perimeter_scale"),
    perimeterSuggestion: siteTerritorySuggestion("perimeter", "perimeter_scale"),
    subventionRateLowerBound: lowestRate("subvention_rate_lower_bound"),
    subventionRateUpperBound: highestRate("subvention_rate_upper_bound"),
    loanAmount: money("loan_amount"),
    recoverableAdvanceAmount: money("recoverable_advance_amount"),
    importDataUrl: url(firstOf("import_data_url", "url")),
    importDataMention: text("import_data_mention"),
  },
};

function servedBack({ name, siren, territory }: ConnectorInput["publisher"]): Platform {
  return {
    decode: { format: "json", recordPath: "results", total: "count" },
    ignored: ["slug", "author", "status", "date_created", "date_published", "is_imported", "import_uniqueid", "import_share_licence"],
    fields: {
      ...onBoth,
      inFranceRelance: yesNo("in_france_relance"),
      categories: terms("categories", "categories"),
      financers: choose(
        [{ when: { field: "financers", isFilled: true }, use: organisations("financers") }],
        constant([{ name, siren: siren ?? null }]),
      ),
      perimeters: choose(
        [
          {
            when: { field: "perimeter", isFilled: true },
            use: perimeters("perimeter", { written: "name", scales: ["department", "region", "country", "epci", "commune"] }),
          },
        ],
        constant([territory]),
      ),
      perimeterSuggestion: text("perimeter_suggestion"),
      subventionRateLowerBound: rate("subvention_rate", { bound: "lower" }),
      subventionRateUpperBound: rate("subvention_rate", { bound: "upper" }),
    },
  };
}

/**
 * Aides-territoires' public API, version 2 (`AidController` of https://github.com/MTES-MCT/aides-territoires-symfony): `{ count, previous,
 * next, results }`, next page by address, at most 100 aids per page (`itemsPerPage`), labels instead of slugs, singular since 2023. A key
 * is exchanged for a token (`POST /api/connexion/`, header `X-AUTH-TOKEN`), sent as `Authorization: Bearer`. Versions 1.2 to 1.6
 * (`AidSerializer12` to `16` of https://github.com/MTES-MCT/aides-territoires) lack `perimeter_scale`, `project_references`,
 * `european_aid`. If a publisher names no financer or territory, they default to the publisher and its territory.
 */
export function aidesTerritoiresApi({ servedBy, token, ...about }: AidesTerritoiresApi): ConnectorInput {
  const auth = token && { kind: "tokenExchange" as const, url: token.url, headersFrom: { "X-AUTH-TOKEN": token.keyFrom } };
  const feed = { ...about.feed, paging: { kind: "nextLink" as const, path: "next" }, ...(auth && { auth }) };
  return overPlatform({ ...about, feed }, servedBy === "site" ? site : servedBack(about.publisher));
}
