import type { Child } from "hono/jsx";

/** What becomes of a value that nobody has seen yet. */
export function LaterValues(): Child {
  return (
    <p>
      Une valeur que personne n’a encore vue, dans un flux à venir, est <strong>gardée</strong> : ses fiches entrent comme les autres, et
      peuvent être laissées de côté ensuite.
    </p>
  );
}
