import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { FileKind } from "../../model/survey/file-kind.ts";
import type { PlatformName, Survey } from "../survey.ts";
import { fileSigns, type Sign } from "./file-signs.ts";
import schemas from "./known-schemas.json" with { type: "json" };

export interface FileVerdict {
  readonly kind: FileKind;
  /** 0 to 1. */
  readonly certainty: number;
  /** False if the verdict is about the values of very few records, which may look like anything. */
  readonly isFirm: boolean;
  readonly evidence: readonly Evidence[];
}

/** Minimum certainty. Below it, the contents are unknown. */
const minCertainty = 0.5;
const certainOfSchema = 0.97;
/** In fewer records, signs cannot tell a column of distinct values from a column of a few repeated values. */
const minRecords = 10;
const maxReasons = 4;

/** Platforms whose records are always aids or calls. */
const platforms: Partial<Readonly<Record<PlatformName, FileKind>>> = {
  aidesTerritoiresApi: "aids",
  dispositifAide: "aids",
  fundingTenders: "calls",
  manualTemplate: "aids",
  moissonTemplate: "aids",
};

/** Decides what a file contains: by its schema if it is known, otherwise by the names and values of its fields. */
export function fileVerdict(survey: Survey): FileVerdict {
  const known = verdictOfSchema(survey);
  if (known !== null) return known;
  const signs = fileSigns(survey);
  const kinds = [...new Set(signs.flatMap(({ weights }) => Object.keys(weights) as FileKind[]))];
  const scored = kinds.map((kind) => ({ kind, certainty: together(signs, kind) })).sort((a, b) => b.certainty - a.certainty);
  const [best] = scored;
  const isFirm = survey.received >= minRecords;
  if (best === undefined || best.certainty < minCertainty)
    return { kind: "unknown", certainty: 0, isFirm, evidence: [evidence("nothing-typical")] };
  const reasons = signs
    .filter(({ weights }) => (weights[best.kind] ?? 0) > 0)
    .sort((a, b) => (b.weights[best.kind] ?? 0) - (a.weights[best.kind] ?? 0));
  return { ...best, isFirm, evidence: reasons.slice(0, maxReasons).map(({ why }) => why) };
}

/** Returns the certainty that all signs of a kind give together. A negative weight reduces it. */
function together(signs: readonly Sign[], kind: FileKind): number {
  const weights = signs.map((sign) => sign.weights[kind] ?? 0);
  const doubt = weights.reduce((left, weight) => left * (weight > 0 ? 1 - weight : 1), 1);
  const against = weights.reduce((left, weight) => left * (weight < 0 ? 1 + weight : 1), 1);
  return Math.round((1 - doubt) * against * 100) / 100;
}

/** Returns the verdict on a platform's feed, or on a file with a published schema; otherwise null. */
function verdictOfSchema({ platform, reading, fields, records }: Survey): FileVerdict | null {
  const kind = platform === null ? undefined : platforms[platform];
  if (platform !== null && kind !== undefined)
    return { kind, certainty: certainOfSchema, isFirm: true, evidence: [evidence("platform", { name: platform })] };
  const recordPath = "recordPath" in reading ? [reading.recordPath ?? ""].flat().join(", ") : "";
  if (recordPath.includes("iati-activit"))
    return {
      kind: "activities",
      certainty: certainOfSchema,
      isFirm: true,
      evidence: [evidence("schema", { name: "IATI", columns: recordPath })],
    };
  const keys = [
    ...fields.map(({ path }) => path.replace(/[.[].*$/s, "")),
    ...records.slice(0, 20).flatMap((record) => Object.keys(record)),
  ];
  const schema = knownSchema(keys);
  if (schema === null) return null;
  const { name, columns } = schema;
  return {
    kind: schema.kind,
    certainty: certainOfSchema,
    isFirm: true,
    evidence: [evidence("schema", { name, columns: columns.slice(0, 4).join(", ") })],
  };
}

/** A published schema of files that are no lists of aids. */
export interface KnownSchema {
  readonly name: string;
  readonly kind: FileKind;
  /** Columns of the file that belong to the schema. */
  readonly columns: readonly string[];
}

/** Returns the schema that enough of the columns belong to, or null. Case, accents, blanks and punctuation do not count. */
export function knownSchema(columns: readonly string[]): KnownSchema | null {
  const compact = new Map(columns.map((column) => [foldTerm(column).replace(/[^a-z0-9]/g, ""), column] as const));
  for (const { name, kind, columns: wanted, atLeast } of schemas) {
    const found = wanted.map((column) => compact.get(column)).filter((column) => column !== undefined);
    if (found.length >= atLeast) return { name, kind: kind as FileKind, columns: found };
  }
  return null;
}
