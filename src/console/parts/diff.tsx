import type { Child } from "hono/jsx";
import type { Stretch } from "../../compare/stretch.ts";
import { counted } from "../../french/typography.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { type Compared, compareValues } from "./compare-values.ts";
import { FieldValue } from "./field-value.tsx";

/** Members of a list shown by name on one side. */
const membersShown = 12;

/**
 * Two values of a field side by side: words that went and came in a text, members of a list, else each as a whole. Long stretches that stay are folded unless
 * `isWhole`. `titles`: of the two sides.
 */
export function Difference(given: {
  readonly field: AidField;
  readonly before: unknown;
  readonly after: unknown;
  readonly isWhole?: boolean;
  readonly titles?: readonly [before: string, after: string];
}): Child {
  const { field, before, after, isWhole = false, titles = ["Avant", "Après"] } = given;
  const compared = compareValues(field, before, after, isWhole);
  return (
    <>
      {compared.kind === "same-words" && <p class="moisson-mention fr-mb-1v">Les mêmes mots, présentés autrement.</p>}
      <div class="moisson-diff">
        <Side title={titles[0]}>{sideOf("removed", compared) ?? <FieldValue field={field} value={before} isShort={!isWhole} />}</Side>
        <Side title={titles[1]}>{sideOf("added", compared) ?? <FieldValue field={field} value={after} isShort={!isWhole} />}</Side>
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

/** One side of what differs; null where the values stand by themselves. */
function sideOf(side: "removed" | "added", compared: Compared): Child | null {
  if (compared.kind === "members") return <Members side={side} own={compared[side]} kept={compared.kept} />;
  return compared.kind === "words" ? <Words side={side} stretches={compared.stretches} /> : null;
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
  const named = own.slice(0, membersShown);
  const room = Math.max(0, membersShown - named.length);
  const stay = kept.length <= room + 1 ? kept : kept.slice(0, room);
  const more = own.length - named.length;
  const moreKept = kept.length - stay.length;
  return (
    <ul class="moisson-members">
      {named.map((member) => (
        <li>
          <Mark side={side} text={member} />
        </li>
      ))}
      {more > 0 && (
        <li class="moisson-mention">{`et ${side === "removed" ? counted(more, "autre, retiré", "autres, retirés") : counted(more, "autre, ajouté", "autres, ajoutés")}`}</li>
      )}
      {stay.map((member) => (
        <li>{member}</li>
      ))}
      {moreKept > 0 && <li class="moisson-mention">{counted(moreKept, "autre, inchangé", "autres, inchangés")}</li>}
    </ul>
  );
}

function Words({ side, stretches }: { readonly side: "removed" | "added"; readonly stretches: readonly Stretch[] }): Child {
  const other = side === "removed" ? "added" : "removed";
  const parts: Child[] = [];
  let isAtStart = true;
  for (const part of stretches) {
    if (part.style === other) continue;
    const text = textOf(part);
    // A blank between two parts belongs to neither.
    if (!isAtStart && part.words[0]?.spaced === true) parts.push(" ");
    isAtStart = part.words.at(-1)?.text === "\n";
    if (part.style === side) parts.push(<Mark side={side} text={text} />);
    else parts.push(part.style === "faint" ? <span class="moisson-mention">{text}</span> : text);
  }
  return <div class="moisson-text">{parts}</div>;
}

function textOf({ words }: Stretch): string {
  return words.map(({ text, spaced }, place) => (spaced && place > 0 && words[place - 1]?.text !== "\n" ? ` ${text}` : text)).join("");
}

function Mark({ side, text }: { readonly side: "removed" | "added"; readonly text: string }): Child {
  return side === "removed" ? <del class="moisson-gone">{text}</del> : <ins class="moisson-come">{text}</ins>;
}
