import type { Child } from "hono/jsx";
import type { ConsoleSettings } from "../../console-settings.ts";

/** Renders the contact of the service, or the name of the missing setting. */
export function Contact({ settings: { contact } }: { readonly settings: Pick<ConsoleSettings, "contact"> }): Child {
  if (contact === null) return <span>(coordonnées à renseigner : réglage MOISSON_CONSOLE_CONTACT)</span>;
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return <a href={`mailto:${contact}`}>{contact}</a>;
  return /^https?:\/\//.test(contact) ? <a href={contact}>{contact}</a> : contact;
}
