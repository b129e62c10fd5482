import { slugsOf } from "../../model/vocabularies.ts";
import type { ConnectorInput } from "../definition.ts";
import { firstOf, split } from "../expressions/expression.ts";
import { choose, type FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { date } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/texts.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";
import { fieldsOfEveryVersion, fieldsOfSite } from "./aides-territoires-fields.ts";
import { bareRates, ratesIn } from "./bare-rates.ts";
import { siteTerritories, siteTerritorySuggestion } from "./site-territories.ts";
import { type Platform, type PlatformConnector, withPlatform } from "./with-platform.ts";

type AidesTerritoiresApi = PlatformConnector & {
  /** `site`: Aides-territoires. `publisher`: a publisher with an older version of the same API, without scales of territories. */
  readonly servedBy: "site" | "publisher";
  /** Address that exchanges a permanent key for a token, and environment variable of the key, if the server requires one. */
  readonly token?: { readonly url: string; readonly keyFrom: string };
};

/** The API sends ISO dates. Publishers also send `31/12/2024`, as people type it. */
const days = ["iso", "dd/MM/yyyy"];

const sharedFields = {
  ...fieldsOfEveryVersion(days),
  externalId: identifier("id"),
  instructors: organisations("instructors"),
  sourceUpdatedDate: date("date_updated", days),
} satisfies Partial<FieldRules>;

const licence = "import_share_licence";
/** A licence that we do not know is never taken for that of the whole feed. */
const isLicenceUnknown = { all: [{ field: licence, isFilled: true }, { not: { field: licence, isOneOf: slugsOf("importShareLicence") } }] };

const site: Platform = {
  // A file that somebody made of all pages is a list.
  decode: { format: "json", recordPath: ["results", ""], total: "count" },
  ignored: ["financers_full", "instructors_full", "aid_types_full", "is_live"],
  fields: {
    ...sharedFields,
    ...fieldsOfSite(days),
    nameInitial: text(firstOf("name_initial", "name")),
    // A theme precedes the category: `Theme|Category` until 2023, `Theme / Category` since. Term files contain the themes with a ` / `.
    categories: terms(split(split("categories", "|"), " / "), "categories"),
    financers: organisations("financers"),
    perimeters: siteTerritories("perimeter", "perimeter_scale"),
    perimeterSuggestion: siteTerritorySuggestion("perimeter", "perimeter_scale"),
    ...bareRates("subvention_rate_lower_bound", "subvention_rate_upper_bound"),
    importDataUrl: url(firstOf("import_data_url", "url")),
    importShareLicence: choose([{ when: isLicenceUnknown, use: constant("unknown") }], terms(licence, "importShareLicence")),
    siteNumber: text("id"),
    siteSlug: text("slug"),
    sourceCreatedDate: date("date_created", days),
  },
};

function publisherApi({ name, siren, territory }: ConnectorInput["publisher"]): Platform {
  return {
    decode: { format: "json", recordPath: "results", total: "count" },
    ignored: ["slug", "author", "status", "date_created", "date_published", "is_imported", "import_uniqueid", "import_share_licence"],
    fields: {
      ...sharedFields,
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
      ...ratesIn("subvention_rate"),
    },
  };
}

/**
 * Returns a connector of the public API of Aides-territoires, version 2 (`AidController` in
 * https://github.com/MTES-MCT/aides-territoires-symfony).
 *
 * - Each page is `{ count, previous, next, results }`, where `next` is an address. A page has at most 100 aids (`itemsPerPage`).
 * - Terms are labels, not slugs. They are singular since 2023.
 * - The token server (`POST /api/connexion/`) reads the key from the header `X-AUTH-TOKEN`.
 * - Versions 1.2 to 1.6 (`AidSerializer12` to `16` in https://github.com/MTES-MCT/aides-territoires) lack `perimeter_scale`,
 *   `project_references` and `european_aid`.
 * - With `servedBy: "publisher"`, financer and territory default to the publisher and its territory.
 */
export function aidesTerritoiresApi({ servedBy, token, ...about }: AidesTerritoiresApi): ConnectorInput {
  const auth = token && { kind: "tokenExchange" as const, url: token.url, headersFrom: { "X-AUTH-TOKEN": token.keyFrom } };
  const feed = { ...about.feed, paging: { kind: "nextLink" as const, path: "next" }, ...(auth && { auth }) };
  return withPlatform({ ...about, feed }, servedBy === "site" ? site : publisherApi(about.publisher));
}
