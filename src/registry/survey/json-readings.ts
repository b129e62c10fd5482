import { isRecord } from "../../kit/expressions/field-path.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { evidence } from "./evidence.ts";
import { trySample } from "./read-sample.ts";
import type { PagingInput, Reading, Readings, Values } from "./survey.ts";

type Json = Extract<Reading, { format: "json" }>;

interface RecordList {
  readonly path: string;
  readonly count: number;
  readonly score: number;
}

/** Maximum number of keys in the path of a list of records. */
const deepest = 4;
const objectsLookedAt = 50;
/** Usual paths of records. They are tried in a document that is broken or cut. */
const usualPaths = ["results", "records", "data", "items", "aides", "features", "entries", "content", "value"];

/**
 * Finds the records of a JSON document: at the root, in the largest list of similar objects, or one per line. Also finds the announced
 * total. Returns null for a text that is not JSON. `start`: the first characters, without blanks.
 */
export async function jsonReadings(part: FeedPart, start: string): Promise<Readings | null> {
  if (areLines(start)) {
    const lines: Json = { format: "json", lines: true };
    if ((await trySample(part, lines, 2)) !== null) return { readings: [lines], remarks: [] };
  }
  const root = await trySample(part, { format: "json" });
  const asRoot: Readings = { readings: [{ format: "json" }], remarks: [] };
  if (root === null && !/^[[{]\s*["{[]/.test(start)) return null;
  if (start.startsWith("[")) return asRoot;
  const [document] = root?.records ?? [];
  return document === undefined ? ((await firstUsualPath(part)) ?? asRoot) : readingsOf(document);
}

function readingsOf(document: Values): Readings {
  const envelope = envelopeOf(document);
  const paging = pagingOf(document);
  const [best, ...others] = listsIn(document, "", 1).sort((a, b) => b.score - a.score);
  if (best === undefined) return { readings: [{ format: "json" }], remarks: [] };
  const close = others.filter(({ score }) => score > best.score / 20);
  return {
    readings: [best, ...close].map(({ path }) => ({ format: "json", recordPath: path, ...envelope })),
    remarks: close.length === 0 ? [] : [evidence("other-lists", { path: best.path, others: close.map(({ path }) => path).join(", ") })],
    ...(paging !== null && { paging }),
  };
}

/** Returns the lists of objects in a document. Long lists of objects with many common keys have a high score. */
function listsIn(value: Values, prefix: string, depth: number): RecordList[] {
  return Object.entries(value).flatMap(([key, member]) => {
    // A path cannot enter a key with a dot.
    if (key === "" || key.includes(".")) return [];
    const path = prefix + key;
    if (isRecord(member)) return depth < deepest ? listsIn(member, `${path}.`, depth + 1) : [];
    if (!Array.isArray(member)) return [];
    const objects = member.slice(0, objectsLookedAt).filter(isRecord);
    if (objects.length === 0 || objects.length < Math.min(member.length, objectsLookedAt) / 2) return [];
    return [{ path, count: member.length, score: likenessOf(objects) * Math.log2(1 + member.length) }];
  });
}

/** Counts the keys that at least 60 % of the objects have. */
function likenessOf(objects: readonly Values[]): number {
  const counts = new Map<string, number>();
  for (const object of objects) for (const key of Object.keys(object)) counts.set(key, (counts.get(key) ?? 0) + 1);
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
