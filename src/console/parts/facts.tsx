import type { Child } from "hono/jsx";

/** Something that is known, and its name. */
export interface Fact {
  readonly name: string;
  readonly value: Child;
}

/** What is known of something, name beside value. `none`: said where nothing is. */
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
