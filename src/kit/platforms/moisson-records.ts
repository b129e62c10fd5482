import { aidFields } from "../../model/aid/field-table.ts";
import { labelOf } from "../../model/vocabularies.ts";
import type { ConnectorInput } from "../definition.ts";
import { choose, type FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { identifier } from "../rules/identifier.ts";
import { terms } from "../rules/terms.ts";
import { ruleOfKey } from "./aides-territoires-fields.ts";
import { type Platform, type PlatformConnector, withPlatform } from "./with-platform.ts";

type MoissonRecords = PlatformConnector & {
  /** Connector of the other catalogue whose aids are imported. Default: the id of this connector. */
  readonly source?: string;
};

const platform: Platform = {
  decode: { format: "json", lines: true },
  // Names of what other members contain with identifiers, and facts that only the other catalogue can state.
  ignored: [
    ...["id", "aid_id", "slug", "url", "import_uniqueid", "import_data_source"],
    ...["financers", "instructors", "categories", "aid_types"],
    ...["perimeter", "perimeter_id", "perimeter_scale", "perimeter_codes", "perimeter_exclusion_codes"],
    ...["reuse_basis", "reuse_mention", "fields_of_ours", "filled_by_moisson", "left_out", "date_created", "date_updated", "is_live"],
  ],
  fields: {
    ...(Object.fromEntries(aidFields.map((field) => [field, ruleOfKey(field, ["iso"])])) as unknown as FieldRules),
    // That an aid is permanent may be an assumption of the other catalogue.
    recurrence: choose(
      [
        {
          when: {
            all: [
              { field: "recurrence", isOneOf: [labelOf("recurrence", "ongoing")] },
              { not: { field: "open_until", isOneOf: ["permanent"] } },
            ],
          },
          use: constant("ongoing"),
        },
      ],
      terms("recurrence", "recurrence"),
    ),
    externalId: identifier("external_id"),
    // Slugs are beside their labels.
    aidTypes: terms("aid_types_full[].slug", "aidTypes"),
    categories: terms("categories_full[].slug", "categories"),
  },
};

/**
 * Returns a connector of another Moisson's records, JSON Lines: a file of its open data (`aides.jsonl`) or of its API
 * (`/api/aids.jsonl?include_expired=true`). It reads the aids of one source, because publisher, licence and legal basis are those of a
 * connector. With the id of that source, an aid keeps its permanent id unless the publisher has renamed its identifier.
 */
export function moissonRecords({ source, ...about }: MoissonRecords): ConnectorInput {
  const keepWhen = [
    // Without a reason, the report counts the other records by their source, so that a wrong `source` shows.
    { when: { field: "publisher.connector", isOneOf: [source ?? about.id] } },
    ...(about.keepWhen === undefined ? [] : Array.isArray(about.keepWhen) ? about.keepWhen : [{ when: about.keepWhen }]),
  ];
  return withPlatform({ emptyMeansEmpty: [...aidFields], ...about, keepWhen }, platform);
}
