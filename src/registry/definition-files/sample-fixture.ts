import type { Rule } from "../../kit/field-rules.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import type { ConnectorFile } from "../survey/connector-files.ts";
import { makeRecords } from "../survey/fixture/make-records.ts";
import { writeFeed } from "../survey/fixture/write-feed.ts";
import type { OwnField } from "../survey/known-names.ts";
import type { Reading } from "../survey/survey.ts";
import { surveyRecords } from "../survey/survey-records.ts";
import type { FilesAsked } from "./files-asked.ts";

/**
 * Makes a fixture from a connector's last feed: a few records, people masked, texts shortened. Null without records, and for HTML pages.
 */
export function sampleFixture({
  connector: { definition },
  records,
  day,
}: Pick<FilesAsked, "connector" | "records" | "day">): ConnectorFile | null {
  const { id, decode, timeZone } = definition;
  if (records.length === 0 || decode.format === "html") return null;
  const reading: Reading = decode;
  const rules = Object.entries(definition.fields) as [OwnField, Rule][];
  const fields = rules.map(([field, rule]) => ({ field, rule, from: pathsOfRule(rule) }));
  const titles = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const feed = writeFeed(makeRecords(surveyRecords(records, reading, timeZone), fields), reading, titles);
  return { path: `fixtures/${id}/as-seen-${day}.${feed.extension}`, content: feed.bytes };
}
