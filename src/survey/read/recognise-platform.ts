import { templateColumns, titlesOf } from "../../kit/platforms/template-columns.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { PlatformName, Reading } from "../survey.ts";

interface Shape {
  readonly platform: PlatformName;
  readonly format?: Reading["format"];
  readonly recordPath?: string;
  readonly keys: readonly string[];
  /** Minimum number of keys that must occur. Default: all. */
  readonly atLeast?: number;
}

const nationalSchema =
  "id titre promesse description eligibilite types_aides porteurs programmes_parents url_source cibles " +
  "eligibilite_geographique date_ouverture date_cloture date_mise_a_jour";
const ownApi =
  "name short_title financers instructors eligibility perimeter mobilization_steps origin_url application_url " +
  "is_call_for_project targeted_audiences aid_types destinations start_date predeposit_date submission_deadline " +
  "recurrence project_examples";
const template =
  "Nom|Programmes|Porteurs d'aides|Instructeurs|Bénéficiaires de l'aide|Types d'aide|Sous-thématiques|Récurrence|" +
  "Date de clôture|Éligibilité|Périmètre|Identifiant structure";

/** The first match wins, so specific shapes come before general ones. */
const shapes: readonly Shape[] = [
  { platform: "moissonTemplate", keys: templateColumns.flatMap(titlesOf), atLeast: 10 },
  { platform: "manualTemplate", keys: template.split("|"), atLeast: 10 },
  { platform: "dispositifAide", keys: nationalSchema.split(" "), atLeast: 10 },
  { platform: "aidesTerritoiresApi", format: "json", keys: ownApi.split(" "), atLeast: 10 },
  { platform: "fundingTenders", format: "json", recordPath: "results", keys: ["reference", "language", "metadata"] },
  { platform: "openDataSoft", format: "json", recordPath: "records", keys: ["recordid", "fields"] },
  { platform: "wordpressExport", format: "json", keys: ["id", "title", "content", "link", "modified"] },
  { platform: "wordpressExport", format: "json", keys: ["ID", "post_title", "post_content"] },
  { platform: "rss", format: "xml", recordPath: "/rss/channel/item", keys: [] },
  { platform: "rss", format: "xml", recordPath: "/feed/entry", keys: [] },
];

/** Addresses of platforms, used if no shape matches. */
const addresses: readonly (readonly [PlatformName, RegExp])[] = [
  ["openDataSoft", /\/api\/(?:explore\/v2\.\d\/catalog|records\/1\.0|v2\/catalog)\//],
  ["wordpressExport", /\/wp-json\/wp\/v2\//],
  ["dataGouv", /^https:\/\/(?:static|www)\.data\.gouv\.fr\//],
  ["ckan", /\/api\/3\/action\/|\/dataset\/[^/]+\/resource\//],
];

/** Recognises the platform of a feed by its keys, otherwise by its address. Returns null for an unknown platform. */
export function recognisePlatform(reading: Reading, records: readonly Values[], address: string | undefined): PlatformName | null {
  const keys = new Set(records.slice(0, 50).flatMap((record) => Object.keys(record).map((key) => key.trim())));
  const recordPath = "recordPath" in reading ? reading.recordPath : undefined;
  const shape = shapes.find(
    ({ format, recordPath: path, keys: wanted, atLeast = wanted.length }) =>
      (format === undefined || format === reading.format) &&
      (path === undefined || path === recordPath) &&
      wanted.filter((key) => keys.has(key)).length >= atLeast,
  );
  if (shape !== undefined) return shape.platform;
  return address === undefined ? null : (addresses.find(([, pattern]) => pattern.test(address))?.[0] ?? null);
}

/** Returns true for fields that a portal fills anew at each publication: `recordid` of OpenDataSoft, `_id` of CKAN. */
export function isRegenerated(path: string): boolean {
  return /^(?:recordid|_id)$/.test(path);
}
