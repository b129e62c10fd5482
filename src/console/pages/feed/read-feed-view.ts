import { openFeed } from "../../../ingest/decode/container/open-feed.ts";
import { type UsualForm, usualFormOf, usualRuns } from "../../../ingest/usual-form.ts";
import { firstRecords } from "../../../jobs/stored-feeds/first-records.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { FeedDecision } from "../../../model/run/feed-decision.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FieldProfile } from "../../../model/survey/field-profile.ts";
import { languageOf } from "../../../survey/profile/language-of.ts";
import { profileField } from "../../../survey/profile/profile-field.ts";
import { csvReading } from "../../../survey/read/csv-readings.ts";
import type { Reading } from "../../../survey/survey.ts";
import type { Visit } from "../../visit.ts";

const recordsProfiled = 300;
/** The encoding of a larger file is not detected again for the page. */
const maxDetectedBytes = 8 * 1024 ** 2;
const timeZone = "Europe/Paris";

/** The usual form of a feed, the decisions about it, and the values of the last applied feed. */
export interface FeedView extends UsualForm {
  readonly decisions: readonly FeedDecision[];
  /** Path -> values in the first records of the last applied feed. Empty if it is no longer stored. */
  readonly profiles: ReadonlyMap<string, FieldProfile>;
  /** Number of records with these values. */
  readonly profiled: number;
  /** Language of the texts; null without a stored feed. */
  readonly language: ReturnType<typeof languageOf> | null;
  /** How the feed is written. Null for web pages. */
  readonly reading: Reading | null;
}

/** Reads the usual form of a connector's feed. The values are read from the stored feed, so that runs need not record them. */
export async function readFeedView({ catalogue }: Visit, definition: Connector): Promise<FeedView> {
  const { id, decode } = definition;
  const [reports, decisions, last] = await Promise.all([
    catalogue.appliedRuns.lastReports(id, usualRuns),
    catalogue.feedDecisions.list(id),
    catalogue.appliedRuns.last(id),
  ]);
  const usual = usualFormOf(definition, reports);
  const hash = last?.snapshotHash ?? null;
  const records = hash === null ? [] : await firstRecords(catalogue, hash, definition, recordsProfiled);
  const profiles = records.length === 0 ? [] : usual.paths.map(({ path }) => profileField(path, records, timeZone));
  return {
    ...usual,
    decisions,
    profiles: new Map(profiles.map((profile) => [profile.path, profile])),
    profiled: records.length,
    language: records.length === 0 ? null : languageOf({ fields: profiles, records }),
    reading: decode.format === "html" ? null : await readingOf(catalogue, hash, decode),
  };
}

/** Returns the declared reading of a feed. What a CSV's connector does not declare, such as its encoding, is detected. */
async function readingOf(catalogue: Visit["catalogue"], hash: string | null, decode: Reading): Promise<Reading> {
  if (decode.format !== "csv" || hash === null) return decode;
  const [part] = (await catalogue.snapshots.stream(hash)) ?? [];
  if (part === undefined || part.bytes > maxDetectedBytes) return decode;
  try {
    const limits = { decompressedBytes: maxDetectedBytes, recordBytes: maxDetectedBytes };
    return { ...(await csvReading(await openFeed(part, "csv", limits))), ...decode };
  } catch (error) {
    if (error instanceof FeedUnreadable) return decode;
    throw error;
  }
}
