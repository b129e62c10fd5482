import type { Child } from "hono/jsx";
import { formatNumber } from "./table.tsx";

/** A name and its value. */
export interface Fact {
  readonly name: Child;
  readonly value: Child;
}

/** A list of names and values. `none`: text for an empty list; `class`: null for the looks of the design system. */
export function Facts(given: { readonly facts: readonly Fact[]; readonly none?: string; readonly class?: string | null }): Child {
  const { facts, none, class: classes = "moisson-facts" } = given;
  if (facts.length === 0) return none === undefined ? null : <p>{none}</p>;
  return (
    <dl class={classes ?? undefined}>
      {facts.map(({ name, value }) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

/** Numbers with their names. */
export function Figures({ figures }: { readonly figures: readonly (readonly [name: string, count: number])[] }): Child {
  return (
    <dl class="moisson-figures">
      {figures.map(([name, count]) => (
        <div>
          <dt>{name}</dt>
          <dd>{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
