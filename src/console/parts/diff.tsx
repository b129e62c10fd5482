import type { Child } from "hono/jsx";
import { counted } from "../../french/typography.ts";
import { frenchMember } from "../../french/values.ts";
import { foreignLanguageOf } from "../../kit/values/text/language-of-text.ts";
import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { holdsHtml, kindOf } from "../../model/aid/field-table.ts";
import { foldStretches } from "../../model/compare/fold-stretches.ts";
import { linkDifference } from "../../model/compare/link-difference.ts";
import type { Stretch } from "../../model/compare/stretch.ts";
import { wordDifference, wordsOfText } from "../../model/compare/word-difference.ts";
import { FieldValue, languageOfValue, plainValue } from "./field-value.tsx";

/** Per side. */
const maxMembersShown = 12;

/**
 * Two values of a field side by side, with their changed words or list members marked. Unchanged passages are left out unless `isWhole`.
 * `titles`: titles of the two sides; `language`: the language of the aid.
 */
export function Difference(given: {
  readonly field: AidField;
  readonly before: unknown;
  readonly after: unknown;
  readonly isWhole?: boolean;
  readonly titles?: readonly [before: string, after: string];
  readonly language?: string | null | undefined;
}): Child {
  const { field, before, after, isWhole = false, titles = ["Avant", "Après"], language } = given;
  const compared = compareValues(field, before, after, isWhole);
  const sideWith = (side: "removed" | "added", value: unknown) =>
    sideOf(side, compared, languageOfValue(field, value, language)) ?? (
      <FieldValue field={field} value={value} isShort={!isWhole} language={language} />
    );
  return (
    <>
      {compared.kind === "same-words" && <p class="moisson-mention fr-mb-1v">Les mêmes mots, présentés autrement.</p>}
      <div class="moisson-diff">
        <Side title={titles[0]}>{sideWith("removed", before)}</Side>
        <Side title={titles[1]}>{sideWith("added", after)}</Side>
      </div>
    </>
  );
}

function Side({ title, children }: { readonly title: string; readonly children?: Child }): Child {
  return (
    <div>
      <p class="moisson-mention fr-mb-1v">{title}</p>
      {children}
    </div>
  );
}

/** Returns one side of a difference; null if nothing is marked in the values. */
function sideOf(side: "removed" | "added", compared: Compared, lang: string | undefined): Child | null {
  if (compared.kind === "members") return <Members side={side} own={compared[side]} kept={compared.kept} />;
  return compared.kind === "words" ? <Words side={side} stretches={compared.stretches} lang={lang} /> : null;
}

function Members({
  side,
  own,
  kept,
}: {
  readonly side: "removed" | "added";
  readonly own: readonly string[];
  readonly kept: readonly string[];
}): Child {
  const named = own.slice(0, maxMembersShown);
  const room = Math.max(0, maxMembersShown - named.length);
  const stay = kept.length <= room + 1 ? kept : kept.slice(0, room);
  const more = own.length - named.length;
  const moreKept = kept.length - stay.length;
  return (
    <ul class="moisson-members">
      {named.map((member) => (
        <li>
          <Mark side={side} text={member} lang={foreignLanguageOf(member)} />
        </li>
      ))}
      {more > 0 && (
        <li class="moisson-mention">{`et ${side === "removed" ? counted(more, "autre, retiré", "autres, retirés") : counted(more, "autre, ajouté", "autres, ajoutés")}`}</li>
      )}
      {stay.map((member) => (
        <li lang={foreignLanguageOf(member)}>{member}</li>
      ))}
      {moreKept > 0 && <li class="moisson-mention">{counted(moreKept, "autre, inchangé", "autres, inchangés")}</li>}
    </ul>
  );
}

function Words(given: {
  readonly side: "removed" | "added";
  readonly stretches: readonly Stretch[];
  readonly lang: string | undefined;
}): Child {
  const { side, stretches, lang } = given;
  const other = side === "removed" ? "added" : "removed";
  const parts: Child[] = [];
  let isAtStart = true;
  for (const part of stretches) {
    if (part.style === other) continue;
    const text = textOf(part);
    // A space between two parts belongs to neither.
    if (!isAtStart && part.words[0]?.spaced === true) parts.push(" ");
    isAtStart = part.words.at(-1)?.text === "\n";
    if (part.style === side) parts.push(<Mark side={side} text={text} />);
    else parts.push(part.style === "faint" ? <FrenchNote text={text} isMarked={lang !== undefined} /> : text);
  }
  return (
    <div class="moisson-text" lang={lang}>
      {parts}
    </div>
  );
}

/** A note of ours between the words of a value. `isMarked`: the value is in another language. */
function FrenchNote({ text, isMarked }: { readonly text: string; readonly isMarked: boolean }): Child {
  return (
    <span class="moisson-mention" lang={isMarked ? "fr" : undefined}>
      {text}
    </span>
  );
}

/** Returns the words of a stretch as text. */
export function textOf({ words }: Stretch): string {
  return words.map(({ text, spaced }, place) => (spaced && place > 0 && words[place - 1]?.text !== "\n" ? ` ${text}` : text)).join("");
}

/** A marked part of a value. */
export function Mark({
  side,
  text,
  lang,
}: {
  readonly side: "removed" | "added";
  readonly text: string;
  readonly lang?: string | undefined;
}): Child {
  const Element = side === "removed" ? "del" : "ins";
  return (
    <Element class={side === "removed" ? "moisson-gone" : "moisson-come"} lang={lang}>
      {text}
    </Element>
  );
}

/** The difference of two values. `values`: they are shown without marks. */
type Compared =
  | { readonly kind: "members"; readonly removed: readonly string[]; readonly added: readonly string[]; readonly kept: readonly string[] }
  | { readonly kind: "words"; readonly stretches: readonly Stretch[] }
  | { readonly kind: "same-words" }
  | { readonly kind: "values" };

/** Shorter values are easier to read without marks. */
const minComparedLength = 24;
/** Longer texts are not compared, because a page shows up to fifty. */
const maxComparedLength = 200_000;
/** Maximum number of inserted and removed words. Time grows with its square; 400 take up to 20 ms. */
const maxEdits = 400;

/** Compares two values of a field. `isWhole`: keeps unchanged passages. */
export function compareValues(field: AidField, before: unknown, after: unknown, isWhole: boolean): Compared {
  if (isEmptyValue(before) || isEmptyValue(after)) return { kind: "values" };
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(field, before, after);
  if (typeof before !== "string" || typeof after !== "string") return { kind: "values" };
  const isLine = !holdsHtml(field) && Math.min(before.length, after.length) < minComparedLength;
  if (isLine || Math.max(before.length, after.length) > maxComparedLength) return { kind: "values" };
  const stretches = kindOf(field) === "link" ? linkDifference(before, after, true) : textDifference(field, before, after);
  if (stretches === null) return { kind: "values" };
  if (stretches.every(({ style }) => style === "kept")) return { kind: "same-words" };
  return { kind: "words", stretches: isWhole || kindOf(field) === "link" ? stretches : foldStretches(stretches, ellipsis) };
}

function textDifference(field: AidField, before: string, after: string): Stretch[] | null {
  return wordDifference(wordsOfText(plainValue(field, before)), wordsOfText(plainValue(field, after)), maxEdits);
}

function ellipsis(words: number): string {
  return `[… ${counted(words, "mot")} …]`;
}

function compareLists(field: AidField, before: readonly unknown[], after: readonly unknown[]): Compared {
  const had = new Set(before.map((member) => frenchMember(field, member)));
  const has = new Set(after.map((member) => frenchMember(field, member)));
  return {
    kind: "members",
    removed: [...had].filter((member) => !has.has(member)),
    added: [...has].filter((member) => !had.has(member)),
    kept: [...has].filter((member) => had.has(member)),
  };
}
