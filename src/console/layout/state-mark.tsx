import type { Child } from "hono/jsx";
import type { ConsoleSettings } from "../settings.ts";

/** The State's mark, where the service is the State's. */
export function StateMark({ settings: { stateMark } }: { readonly settings: ConsoleSettings }): Child {
  if (stateMark === null) return null;
  return <p class="fr-logo">{stateMark.split("|").flatMap((line, index) => (index === 0 ? [line] : [<br />, line]))}</p>;
}
