import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AidField } from "../../../src/model/aid/aid.ts";
import { emptyValue } from "../../../src/model/aid/canonical-value.ts";
import { allSuggestions } from "../../../src/suggest/suggest-for.ts";
import type { Suggested } from "../../../src/suggest/suggested.ts";
import type { LabelledAid } from "./labelled-aids.ts";

/**
 * Suggestions from texts that a person has compared with the text, because curators' values cannot judge them: the text may give another
 * date, or the field may be empty. The file contains the aid's key, a hash of the value and the verdict, so that no text is copied.
 */
const file = new URL("judged-by-hand.csv", import.meta.url);
/** Number of suggestions in a sample. */
const sampleSize = 60;
/** Maximum number of characters of a value or sentence in a printed sample. */
const maxShown = 200;

/** A verdict of a person about one suggestion. */
interface HandVerdict {
  readonly key: string;
  readonly isRight: boolean;
}

/** Returns the figures of the judged sample per field and rule. Rows whose value has changed since are left out and counted as `stale`. */
export function handFigures(
  aids: readonly LabelledAid[],
): { field: AidField; rule: Suggested["rule"]; strength: number; n: number; right: number; stale: number }[] {
  const verdicts = new Map<string, HandVerdict[]>();
  for (const line of readFileSync(file, "utf8").trim().split("\n").slice(1)) {
    const [field = "", rule = "", strength = "", key = "", verdict = ""] = line.split(";");
    const group = `${field};${rule};${strength}`;
    verdicts.set(group, [...(verdicts.get(group) ?? []), { key, isRight: verdict === "right" }]);
  }
  return [...verdicts].map(([group, rows]) => {
    const [field, rule, strength] = group.split(";") as [AidField, Suggested["rule"], string];
    const now = new Set(
      fromTexts(aids, field)
        .filter(({ suggested }) => suggested.rule === rule)
        .map(keyOf),
    );
    const current = rows.filter(({ key }) => now.has(key));
    const right = current.filter(({ isRight }) => isRight).length;
    return { field, rule, strength: Number(strength), n: current.length, right, stale: rows.length - current.length };
  });
}

/** Returns the lines of a sample to judge: the start of a row of the file, the value, the sentence, and a curator's value if there is one. */
export function sampleOf(aids: readonly LabelledAid[], field: string): string[] {
  const all = fromTexts(aids, field as AidField).map((one) => ({ ...one, key: keyOf(one) }));
  const sample = all.sort((a, b) => (hashOf(a.key) < hashOf(b.key) ? -1 : 1)).slice(0, sampleSize);
  return sample.map(({ aid, suggested, key }) => {
    const sentences = suggested.evidence.map((evidence) => ("text" in evidence ? evidence.text : "")).join(" / ");
    const shown = [suggested.value, sentences, aid.content[suggested.field]].map((value) =>
      String(JSON.stringify(value)).slice(0, maxShown),
    );
    return `${field};${suggested.rule};${suggested.strength};${key};\t${shown.join("\t")}`;
  });
}

interface FromText {
  readonly aid: LabelledAid;
  readonly suggested: Suggested;
}

function fromTexts(aids: readonly LabelledAid[], field: AidField): FromText[] {
  return aids.flatMap((aid) =>
    allSuggestions({ ...aid.content, [field]: emptyValue(field) })
      .filter((one) => one.field === field && one.rule !== "dates")
      .map((suggested) => ({ aid, suggested })),
  );
}

function keyOf({ aid, suggested }: FromText): string {
  return `${aid.aidId}#${hashOf(JSON.stringify(suggested.value))}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}
