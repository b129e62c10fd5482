import { comparableText } from "../../model/text/comparable-text.ts";
import type { Bench } from "./bench.ts";
import { textsOfField } from "./field-values.ts";
import { nameScore } from "./match-name.ts";
import type { Values } from "./survey.ts";

/** Minimum number of common records. */
const fewest = 3;

/**
 * Returns the share of aids in both snapshots with the same value of a field. Aids are matched by unique title, else by unique link. Null
 * if too few match, or if the field is the title or link itself.
 */
export function shareKept(bench: Bench, path: string): number | null {
  const { records, older, fields } = bench.survey;
  if (older === null) return null;
  const title = bestNamed(bench, "name");
  const link = fields.find(({ kind, isUnique }) => kind === "link" && isUnique)?.path;
  for (const telling of [title, link]) {
    if (telling === undefined || telling === path) continue;
    const before = byValue(older, telling);
    const pairs = [...byValue(records, telling)].flatMap(([key, record]) => {
      const other = before.get(key);
      return record === null || other === undefined || other === null ? [] : [[record, other] as const];
    });
    if (pairs.length < fewest) continue;
    const kept = pairs.filter(([record, other]) => textsOfField(record, path).join("\n") === textsOfField(other, path).join("\n"));
    return kept.length / pairs.length;
  }
  return null;
}

function bestNamed({ survey }: Bench, field: "name"): string | undefined {
  return survey.fields.filter(({ kind }) => kind !== "empty").toSorted((a, b) => nameScore(b.path, field) - nameScore(a.path, field))[0]
    ?.path;
}

/** Maps values of a field to records; null for a shared value. */
function byValue(records: readonly Values[], path: string): ReadonlyMap<string, Values | null> {
  const found = new Map<string, Values | null>();
  for (const record of records) {
    const key = comparableText(textsOfField(record, path)[0] ?? "");
    if (key !== "") found.set(key, found.has(key) ? null : record);
  }
  return found;
}
