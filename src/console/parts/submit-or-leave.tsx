import type { Child } from "hono/jsx";
import { SubmitButton } from "./form-controls.tsx";

/** The button that sends a form, and a link that leaves it. */
export function SubmitOrLeave(given: {
  readonly label: string;
  readonly leaveLabel: string;
  readonly leaveHref: string;
  readonly class?: string;
}): Child {
  return (
    <ul class={`fr-btns-group fr-btns-group--inline${given.class === undefined ? "" : ` ${given.class}`}`}>
      <li>
        <SubmitButton label={given.label} />
      </li>
      <li>
        <a class="fr-btn fr-btn--secondary" href={given.leaveHref}>
          {given.leaveLabel}
        </a>
      </li>
    </ul>
  );
}
