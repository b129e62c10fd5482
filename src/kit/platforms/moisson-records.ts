import { aidFields } from "../../model/aid/aid.ts";
import type { ConnectorInput } from "../definition.ts";
import { date, time } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";
import { fieldsOfSite } from "./aides-territoires-fields.ts";
import { highestRate, lowestRate } from "./bare-rates.ts";
import { type Platform, type PlatformConnector, withPlatform } from "./with-platform.ts";

/** A connector of the records of another Moisson. */
type MoissonRecords = PlatformConnector & {
  /** Connector of the other catalogue whose aids are imported. Default: the id of this connector. */
  readonly source?: string;
};

const days = ["iso"];

const platform: Platform = {
  decode: { format: "json", lines: true },
  // Names of what other members contain with identifiers, and facts that only the other catalogue can state.
  ignored: [
    ...["id", "aid_id", "slug", "url", "import_uniqueid", "import_data_source"],
    ...["financers", "instructors", "categories", "aid_types"],
    ...["perimeter", "perimeter_id", "perimeter_scale", "perimeter_codes", "perimeter_exclusion_codes"],
    ...["reuse_basis", "reuse_mention", "fields_of_ours", "filled_by_moisson", "date_created", "date_updated", "is_live"],
  ],
  fields: {
    ...fieldsOfSite(days),
    externalId: identifier("external_id"),
    nameInitial: text("name_initial"),
    contactEmail: text("contact_email"),
    contactPhone: text("contact_phone"),
    contactDetail: text("contact_detail"),
    originUrlText: text("origin_url_text"),
    applicationUrlText: text("application_url_text"),
    inFranceRelance: yesNo("in_france_relance"),
    submissionDeadlineTime: time("submission_deadline_time", ["HH:mm"]),
    aidTypes: terms("aid_types_full[].slug", "aidTypes"),
    categories: terms("categories_full[].slug", "categories"),
    keywords: list("keywords"),
    financers: organisations("financers_full", { name: "name", siren: "siren" }),
    financerSuggestion: text("financer_suggestion"),
    instructors: organisations("instructors_full", { name: "name", siren: "siren" }),
    instructorSuggestion: text("instructor_suggestion"),
    perimeters: perimeters("perimeters_full[].ref", { written: "ref" }),
    perimeterExclusions: perimeters("perimeter_exclusions_full[].ref", { written: "ref" }),
    perimeterSuggestion: text("perimeter_suggestion"),
    subventionRateLowerBound: lowestRate("subvention_rate_lower_bound"),
    subventionRateUpperBound: highestRate("subvention_rate_upper_bound"),
    otherFinancialAidComment: text("other_financial_aid_comment"),
    importDataUrl: url("import_data_url"),
    importShareLicence: terms("import_share_licence", "importShareLicence"),
    sourceUpdatedDate: date("source_updated_date", days),
    language: text("language"),
    outOfScope: text("out_of_scope"),
  },
};

/**
 * Returns a connector of another Moisson's records, JSON Lines: a file of its open data (`aides.jsonl`) or of its API
 * (`/api/aids.jsonl?include_expired=true`). It reads the aids of one source, because publisher, licence and legal basis are those of a
 * connector. With the id of that source, an aid keeps its permanent id unless the publisher has renamed its identifier.
 */
export function moissonRecords({ source, ...about }: MoissonRecords): ConnectorInput {
  const keepWhen = [
    { when: { field: "publisher.connector", isOneOf: [source ?? about.id] }, reason: "a record of another source" },
    ...(about.keepWhen === undefined ? [] : Array.isArray(about.keepWhen) ? about.keepWhen : [{ when: about.keepWhen }]),
  ];
  return withPlatform({ emptyMeansEmpty: [...aidFields], ...about, keepWhen }, platform);
}
