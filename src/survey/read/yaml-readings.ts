import { isRecord } from "../../kit/expressions/field-path.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { Reading, Readings } from "../survey.ts";
import { readingsOf } from "./json-readings.ts";
import { readSample, trySample } from "./read-sample.ts";

type Yaml = Extract<Reading, { format: "yaml" }>;

const linesLookedAt = 60;
/** Start of a line of YAML: a key, a list member, or both. */
const key = /^\s*(?:- +)*(?:"[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s#,;:|"'-][^:;,\t]{0,80})\s?:(?:\s|$)/;
const member = /^\s*- +\S/;

/** Returns true if a text has the lines of YAML. `start`: the first characters, without blanks. */
function looksLikeYaml(start: string): boolean {
  if (/^(?:---|%YAML)\s/.test(start)) return true;
  const lines = start
    .split(/\r?\n/)
    .slice(0, linesLookedAt)
    .filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  const [first = ""] = lines;
  const structured = lines.filter((line) => key.test(line) || member.test(line));
  return (
    lines.length > 1 &&
    (key.test(first) || /^- +/.test(first)) &&
    structured.some((line) => key.test(line)) &&
    structured.length >= lines.length / 2
  );
}

/** Finds the records of a YAML file, as those of JSON. Returns null if the text is not YAML, or contains no object. */
export async function yamlReadings(part: FeedPart, start: string): Promise<Readings | null> {
  if (!looksLikeYaml(start)) return null;
  const sample = await trySample(part, { format: "yaml" });
  const [document] = sample?.records ?? [];
  if (sample === null || document === undefined || isOnlyValue(document)) return null;
  return sample.received > 1 ? { readings: [{ format: "yaml" }], remarks: [] } : inDocument(document);
}

/** Finds the records of an archive of YAML files. Throws `FeedUnreadable` as a run does. */
export async function yamlArchiveReadings(part: FeedPart): Promise<Readings> {
  const sample = await readSample(part, { format: "yaml" });
  const [document] = sample.records;
  if (sample.received === 1 && document !== undefined) return inDocument(document);
  const names = new Set(sample.records.flatMap((record) => Object.keys(record)));
  const fileField = names.has("fichier") ? "nom du fichier" : "fichier";
  return { readings: [{ format: "yaml", fileField }, { format: "yaml" }], remarks: [evidence("file-field", { field: fileField })] };
}

function inDocument(document: Readonly<Record<string, unknown>>): Readings {
  const { readings, remarks } = readingsOf(document);
  const asYaml = ({ recordPath, keyField }: (typeof readings)[number]): Yaml => ({
    format: "yaml",
    ...(recordPath !== undefined && { recordPath }),
    ...(keyField !== undefined && { keyField }),
  });
  return { readings: readings.map(asYaml), remarks };
}

/** Returns true for the record of a value that is no object. */
function isOnlyValue(record: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(record);
  return keys.length === 1 && keys[0] === "value" && !isRecord(record.value);
}
