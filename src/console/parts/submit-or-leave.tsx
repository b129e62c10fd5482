import type { Child } from "hono/jsx";
import { SubmitButton } from "./form-controls.tsx";
import { ButtonLink } from "./link.tsx";
import { List } from "./list.tsx";

/** The button that sends a form, and a link that leaves it. */
export function SubmitOrLeave(given: {
  readonly label: string;
  readonly leaveLabel: string;
  readonly leaveHref: string;
  readonly class?: string;
}): Child {
  return (
    <List
      class={`fr-btns-group fr-btns-group--inline${given.class === undefined ? "" : ` ${given.class}`}`}
      items={[<SubmitButton label={given.label} />, <ButtonLink kind="secondary" href={given.leaveHref} label={given.leaveLabel} />]}
    />
  );
}
