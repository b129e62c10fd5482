import type { Child } from "hono/jsx";
import { counted, french } from "../../french/typography.ts";
import { foreignLanguageOf } from "../../kit/values/text/language-of-text.ts";
import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import type { Stretch } from "../../model/compare/stretch.ts";
import { compareValues, Mark, textOf } from "./diff.tsx";
import { languageOfValue, plainValue } from "./field-value.tsx";

/** Number of unchanged words next to the change, of words of each changed part, and of characters of a whole value. */
const context = 4;
const maxWords = 12;
const maxLength = 70;
const maxMembers = 3;
/** Number of characters kept around the change of a long text before its words are compared. */
const around = 120;
/** Longer changed parts are not compared word by word: a list shows fifty. */
const maxCompared = 2000;

/**
 * The difference of two values of a field on one or two lines: the changed words with those next to them. `language`: the language of the
 * aid.
 */
export function ShortDifference(given: {
  readonly field: AidField;
  readonly before: unknown;
  readonly after: unknown;
  readonly language: string | null;
}): Child {
  const { field, before, after, language } = given;
  const langs = { removed: languageOfValue(field, before, language), added: languageOfValue(field, after, language) };
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0)
    return <ChangedMembers compared={compareValues(field, before, after, true)} />;
  const [was, is] = [plainValue(field, before), plainValue(field, after)];
  if (was === is && !isEmptyValue(before)) return <span class="moisson-mention">Les mêmes mots, présentés autrement.</span>;
  const compared = comparedAround(field, before, after, [was, is]);
  if (compared !== null) return <FirstChange stretches={compared} langs={langs} />;
  return (
    <>
      {was !== "" && <Mark side="removed" text={cut(was)} lang={langs.removed} />}{" "}
      {is !== "" && <Mark side="added" text={cut(is)} lang={langs.added} />}
      {is === "" && <span class="moisson-mention">devient vide</span>}
    </>
  );
}

/** Compares the words around the change; null if the values have too little in common. */
function comparedAround(field: AidField, before: unknown, after: unknown, [was, is]: readonly [string, string]): readonly Stretch[] | null {
  if (typeof before !== "string" || typeof after !== "string" || /^\d{4}-\d\d-\d\d$/.test(after)) return null;
  let head = 0;
  while (head < was.length && head < is.length && was[head] === is[head]) head++;
  let tail = 0;
  const shorter = Math.min(was.length, is.length) - head;
  while (tail < shorter && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
  const [from, until] = [wordStart(was, head - around), around];
  const parts = [was, is].map((text) => text.slice(from, Math.min(text.length, text.length - tail + until)));
  const [old = "", fresh = ""] = parts;
  if (Math.max(old.length, fresh.length) > maxCompared) return null;
  // The parts are plain text: « name » is a field whose values are compared as such.
  const compared = compareValues(isLinkField(field) ? field : "name", old, fresh, true);
  return compared.kind === "words" ? compared.stretches : null;
}

function isLinkField(field: AidField): boolean {
  return field === "originUrl" || field === "applicationUrl" || field === "importDataUrl";
}

function wordStart(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf(" ", at) + 1;
}

/** The first change of a text, and the number of the others. `langs`: the language of each side; unchanged words are in that of the new one. */
function FirstChange(given: {
  readonly stretches: readonly Stretch[];
  readonly langs: Readonly<Record<"removed" | "added", string | undefined>>;
}): Child {
  const { stretches, langs } = given;
  const first = stretches.findIndex(({ style }) => style !== "kept");
  const isPair = stretches[first + 1] !== undefined && stretches[first + 1]?.style !== "kept";
  const end = first + (isPair ? 2 : 1);
  const [previous, following] = [stretches[first - 1], stretches[end]];
  const others = stretches.slice(end).filter(({ style }, place, rest) => style !== "kept" && rest[place - 1]?.style === "kept").length;
  return (
    <>
      {previous !== undefined && <span lang={langs.added}>{`…${words(previous, -context)} `}</span>}
      {stretches.slice(first, end).map((part) => {
        const side = part.style === "removed" ? "removed" : "added";
        return (
          <>
            <Mark side={side} text={words(part, maxWords)} lang={langs[side]} />{" "}
          </>
        );
      })}
      {following !== undefined && <span lang={langs.added}>{`${words(following, context)}…`}</span>}
      {others > 0 && <span class="moisson-mention">{french` et ${counted(others, "autre passage", "autres passages")}`}</span>}
    </>
  );
}

/** Returns the first words of a stretch, or the last ones for a negative count. */
function words(part: Stretch, count: number): string {
  const isWhole = part.words.length <= Math.abs(count);
  const some = { ...part, words: count < 0 ? part.words.slice(count) : part.words.slice(0, count) };
  const text = textOf(some).replaceAll("\n", " ").trim();
  return isWhole || part.style === "kept" ? text : `${text}…`;
}

function ChangedMembers({ compared }: { readonly compared: ReturnType<typeof compareValues> }): Child {
  if (compared.kind !== "members") return null;
  const marked = (side: "removed" | "added") => {
    const own = compared[side];
    const more = own.length - maxMembers;
    return (
      <>
        {own.slice(0, maxMembers).map((member) => (
          <>
            <Mark side={side} text={member} lang={foreignLanguageOf(member)} />{" "}
          </>
        ))}
        {more > 0 && <span class="moisson-mention">{french`et ${counted(more, "autre")} `}</span>}
      </>
    );
  };
  return (
    <>
      {marked("removed")}
      {marked("added")}
    </>
  );
}

function cut(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength).trimEnd()}…`;
}
