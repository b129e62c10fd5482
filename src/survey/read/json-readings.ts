import { isRecord } from "../../kit/expressions/field-path.ts";
import { countsOf } from "../../model/collect.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { PagingInput, Reading, Readings } from "../survey.ts";
import { trySample } from "./read-sample.ts";

type Json = Extract<Reading, { format: "json" }>;

interface RecordList {
  readonly path: string;
  /** Field for the keys of the object whose members are the records; undefined if they are a list. */
  readonly keyField?: string;
  readonly count: number;
  readonly score: number;
}

/** Maximum number of keys in the path of a list of records. */
const deepest = 4;
const objectsLookedAt = 50;
/** Fewer objects are parts of a record, such as its languages. */
const minKeyed = 3;
/** Usual paths of records. They are tried in a document that is broken or cut. */
const usualPaths = ["results", "records", "data", "items", "aides", "features", "entries", "content", "value"];

/** Finds the records of JSON: at the root, in the likeliest list, or one per line. Null for other texts. `start`: without blanks. */
export async function jsonReadings(part: FeedPart, start: string): Promise<Readings | null> {
  if (areLines(start)) {
    const lines: Json = { format: "json", lines: true };
    if ((await trySample(part, lines, { limit: 2 })) !== null) return { readings: [lines], remarks: [] };
  }
  const root = await trySample(part, { format: "json" });
  const asRoot: Readings = { readings: [{ format: "json" }], remarks: [] };
  if (root === null && !/^[[{]\s*["{[]/.test(start)) return null;
  if (start.startsWith("[")) return asRoot;
  const [document] = root?.records ?? [];
  return document === undefined ? ((await firstUsualPath(part)) ?? asRoot) : readingsOf(document);
}

/** Returns the readings of a document that is one object: the lists of records in it, the announced total and the next page. */
export function readingsOf(document: Values): Omit<Readings, "readings"> & { readonly readings: readonly Json[] } {
  const envelope = envelopeOf(document);
  const paging = pagingOf(document);
  const keyed = keyedRecords(document, "");
  const [best, ...others] = (keyed === null ? listsIn(document, "", 1) : [keyed]).sort((a, b) => b.score - a.score);
  if (best === undefined) return { readings: [{ format: "json" }], remarks: [] };
  const close = others.filter(({ score }) => score > best.score / 20);
  return {
    readings: [best, ...close].map(({ path, keyField }) => ({
      format: "json",
      ...(path !== "" && { recordPath: path, ...envelope }),
      ...(keyField !== undefined && { keyField }),
    })),
    remarks: [
      ...(best.keyField === undefined ? [] : [evidence("keyed-records", { field: best.keyField })]),
      ...(close.length === 0 ? [] : [evidence("other-lists", { path: best.path, others: close.map(({ path }) => path).join(", ") })]),
    ],
    ...(paging !== null && { paging }),
  };
}

/** Returns the lists of objects in a document. Long lists of objects with many common keys have a high score. */
function listsIn(value: Values, prefix: string, depth: number): RecordList[] {
  return Object.entries(value).flatMap(([key, member]) => {
    // A path cannot enter a key with a dot.
    if (key === "" || key.includes(".")) return [];
    const path = prefix + key;
    if (isRecord(member)) {
      const keyed = keyedRecords(member, path);
      if (keyed !== null) return [keyed];
      return depth < deepest ? listsIn(member, `${path}.`, depth + 1) : [];
    }
    if (!Array.isArray(member)) return [];
    const objects = member.slice(0, objectsLookedAt).filter(isRecord);
    if (objects.length === 0 || objects.length < Math.min(member.length, objectsLookedAt) / 2) return [];
    return [{ path, count: member.length, score: likenessOf(objects) * Math.log2(1 + member.length) }];
  });
}

/** Returns the members of an object as records if they are objects with mostly the same keys, or null: `{"A12": {…}, "B7": {…}}`. */
function keyedRecords(value: Values, path: string): RecordList | null {
  const members = Object.values(value);
  const objects = members.slice(0, objectsLookedAt).filter(isRecord);
  if (members.length < minKeyed || objects.length < Math.min(members.length, objectsLookedAt)) return null;
  const likeness = likenessOf(objects);
  const average = objects.reduce((sum, object) => sum + Object.keys(object).length, 0) / objects.length;
  if (likeness < Math.max(2, average / 2)) return null;
  const isTaken = (name: string) => objects.some((object) => Object.hasOwn(object, name));
  const keyField = ["id", "key"].find((name) => !isTaken(name)) ?? "key of the record";
  return { path, keyField, count: members.length, score: likeness * Math.log2(1 + members.length) };
}

/** Counts the keys that at least 60 % of the objects have. */
function likenessOf(objects: readonly Values[]): number {
  const counts = countsOf(objects.flatMap((object) => Object.keys(object)));
  return [...counts.values()].filter((count) => count >= objects.length * 0.6).length;
}

/** Recognises `{"a":1}` followed by another object on the next line. */
function areLines(start: string): boolean {
  const [first = "", second = ""] = start.split(/\r?\n/, 2).map((line) => line.trim());
  if (!first.startsWith("{") || !second.startsWith("{")) return false;
  try {
    return isRecord(JSON.parse(first));
  } catch {
    return false; // not one value per line
  }
}

async function firstUsualPath(part: FeedPart): Promise<Readings | null> {
  for (const recordPath of usualPaths) {
    const sample = await trySample(part, { format: "json", recordPath });
    if (sample !== null && sample.received > 0) return { readings: [{ format: "json", recordPath }], remarks: [] };
  }
  return null;
}

const totalName = /^(?:count|total|nhits|total_?count|totalResults|totalHits|numFound|recordsTotal|nb_?\w*|nombre\w*|\w*_total)$/i;
const wellName = /^(?:success|ok|succes)$/i;
/** Usual paths of the next page's address. */
const nextPaths = ["next", "links.next", "_links.next.href", "pagination.next", "meta.next"];

/** Finds the key of the announced total and the keys that report success. */
function envelopeOf(document: Values): Pick<Json, "total" | "mustBe"> {
  const total = Object.entries(document).find(([key, value]) => totalName.test(key) && isCount(value))?.[0];
  const well = Object.entries(document).filter(([key, value]) => wellName.test(key) && value === true);
  return {
    ...(total !== undefined && { total }),
    ...(well.length > 0 && { mustBe: Object.fromEntries(well) as Record<string, boolean> }),
  };
}

/** Finds the key of the next page: an address, or null, under a usual name. */
function pagingOf(document: Values): PagingInput | null {
  const path = nextPaths.find((candidate) => isNext(document, candidate.split(".")));
  return path === undefined ? null : { kind: "nextLink", path };
}

function isCount(value: unknown): boolean {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return false;
  return Number.isSafeInteger(Number(value)) && Number(value) >= 0;
}

function isNext(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return value === null || (typeof value === "string" && /^(?:https?:\/)?\//.test(value));
  return isRecord(value) && Object.hasOwn(value, key) && isNext(value[key], rest);
}
