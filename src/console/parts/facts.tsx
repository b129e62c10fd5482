import type { Child } from "hono/jsx";

/** A name and its value. */
export interface Fact {
  readonly name: string;
  readonly value: Child;
}

/** A list of names and values. `none`: text for an empty list. */
export function Facts({ facts, none }: { readonly facts: readonly Fact[]; readonly none?: string }): Child {
  if (facts.length === 0) return none === undefined ? null : <p>{none}</p>;
  return (
    <dl class="moisson-facts">
      {facts.map(({ name, value }) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
