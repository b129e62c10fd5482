import type { Child } from "hono/jsx";
import type { ConsoleSettings } from "../../settings.ts";

/** Renders how to contact the service, or that no contact is set. */
export function Contact({ settings: { contact } }: { readonly settings: Pick<ConsoleSettings, "contact"> }): Child {
  if (contact === null) return <span>(coordonnées à renseigner : réglage MOISSON_CONSOLE_CONTACT)</span>;
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return <a href={`mailto:${contact}`}>{contact}</a>;
  return /^https?:\/\//.test(contact) ? <a href={contact}>{contact}</a> : contact;
}
