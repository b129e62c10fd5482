import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import type { ConsoleSettings } from "../../console-settings.ts";

/** Renders the end of a sentence that asks for an answer to a message: an address to write to instead, if there is one. */
export function OrWriteTo({ settings }: { readonly settings: Pick<ConsoleSettings, "contact"> }): Child {
  if (settings.contact === null) return ".";
  return (
    <>
      {french`, ou écrivez à : `}
      <Contact settings={settings} />
    </>
  );
}

/** Renders the contact of the service, or the name of the missing setting. */
export function Contact({ settings: { contact } }: { readonly settings: Pick<ConsoleSettings, "contact"> }): Child {
  if (contact === null) return <span>(coordonnées à renseigner : réglage MOISSON_CONSOLE_CONTACT)</span>;
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return <a href={`mailto:${contact}`}>{contact}</a>;
  return /^https?:\/\//.test(contact) ? <a href={contact}>{contact}</a> : contact;
}
