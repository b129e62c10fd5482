import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AidAsPlanned } from "../../src/catalogue/aids/aid-repository.ts";
import type { LiveAid } from "../../src/curation/adoption/live-aid.ts";
import { matchLiveAids } from "../../src/curation/match-live-aids.ts";
import { readOwnAids } from "../../src/curation/read-own-aids.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { Aid, AidContent } from "../../src/model/aid/aid.ts";
import { wholeContent } from "../../src/model/aid/filled-content.ts";
import { aidesTerritoiresRecord } from "../../src/publish/exports/aides-territoires-record.ts";
import { exampleAid } from "../support/example-aid.ts";
import { projectRoot } from "../support/loaded-connectors.ts";
import { readExport } from "./adoption/read-export.ts";

/** One aid of an export, as the site writes it. */
export type LiveRecord = Record<string, unknown>;

/** Keys of our export that the public API of Aides-territoires does not have. */
const ownKeys = ["import_uniqueid", "name_initial", "perimeters_full", "financers_full", "instructors_full", "perimeter_exclusions_full"];

/** Returns all aids of a connector's fixtures, each once. */
export function fixtureAids(connector: string): Aid[] {
  const folder = join(projectRoot, "fixtures", connector);
  const golden = readdirSync(folder).filter((name) => name.endsWith(".expected.json"));
  const aids = golden.flatMap(
    (name) => (JSON.parse(readFileSync(join(folder, name), "utf8")) as { aids: (AidContent & { externalId: string })[] }).aids,
  );
  const distinct = new Map(aids.map((aid) => [aid.externalId, aid]));
  return [...distinct.values()].map((aid) =>
    exampleAid({ ...aid, ...wholeContent(aid), connector, aidId: `${connector}/${aid.externalId}`, status: "published" }),
  );
}

/** Returns the aid as in the public API, without the publisher's identifier, its own title and a status. */
export function publicRecord(aid: Aid, changes: LiveRecord = {}): LiveRecord {
  const record = aidesTerritoiresRecord(aid, { importIdPrefix: "", publisher: null });
  for (const key of ownKeys) delete record[key];
  // Its number on the site would name no aid of ours.
  return { ...record, id: aid.aidId, ...changes };
}

/** Returns live aids as `moisson adopt` reads them from a file with these records. */
export async function liveAids(records: readonly LiveRecord[]): Promise<LiveAid[]> {
  return readExport(JSON.stringify(records));
}

/** Matches live aids with a connector's aids, all of them in review. */
export async function matched(
  live: readonly LiveAid[],
  own: readonly Aid[],
  { definition }: LoadedConnector,
  othersPrefixes: readonly string[] = [],
) {
  const planned = own.map(
    (aid): AidAsPlanned => ({
      aidId: aid.aidId,
      externalId: aid.externalId,
      status: "reviewable",
      siteUrl: null,
      isInFeed: true,
      statesPermanence: false,
      content: aid,
    }),
  );
  async function* pages() {
    yield planned;
  }
  return matchLiveAids(live, await readOwnAids(pages()), { definition, othersPrefixes, othersPages: new Set() });
}
