import type { Aid, AidContent, Organisation } from "../model/aid/aid.ts";
import type { PublicAid } from "../model/aid/public-aid.ts";
import type { PeoplePolicy } from "../model/publisher/people-policy.ts";
import { canHoldPerson } from "./can-hold-person.ts";
import { type ContactPolicy, contactForExport } from "./contact-for-export.ts";
import { type KnownServices, noServices, peopleBut } from "./doubts.ts";
import { textWithoutPeople, titleWithoutPeople } from "./text-without-people.ts";

const rich = ["description", "eligibility", "projectExamples"] as const;
const lines = [
  "nameInitial",
  "shortTitle",
  "originUrlText",
  "applicationUrlText",
  "financerSuggestion",
  "instructorSuggestion",
  "perimeterSuggestion",
  "subventionComment",
  "otherFinancialAidComment",
  "importDataMention",
  "outOfScope",
] as const;
const links = ["originUrl", "applicationUrl", "importDataUrl"] as const;
const lists = ["keywords", "programs", "projectReferences"] as const;
const organisations = ["financers", "instructors"] as const;

type ContactFields = Pick<AidContent, "contact" | "contactEmail" | "contactPhone" | "contactDetail">;

/**
 * Removes people, their addresses and numbers from all texts of an aid, for the public. Services and their mailboxes stay. `contacts`:
 * `leave-out` removes the whole contact. `services`: doubtful people who are services. This is the gate that every public output passes.
 */
export function withoutPeopleInAid(aid: Aid, contacts: ContactPolicy, services: KnownServices = noServices): PublicAid {
  return { ...aid, ...contentWithoutPeople(aid, contacts, services) } as PublicAid;
}

/**
 * Returns an aid for the operator's own site, with as much about people as the recorded policy of its publisher lets out. The contact is as
 * published only if the connector allows it, too (`contacts: "keep"`).
 */
export function aidForOwnSite(aid: Aid, policy: PeoplePolicy, contacts: ContactPolicy, services: KnownServices = noServices): PublicAid {
  const open = withoutPeopleInAid(aid, contacts, services);
  if (policy === "service") return open;
  const { contact, contactEmail, contactPhone, contactDetail } = contacts === "keep" ? aid : open;
  return { ...(policy === "all" ? aid : open), contact, contactEmail, contactPhone, contactDetail } as PublicAid;
}

/** Does the same as `withoutPeopleInAid` for the content of an aid. */
export function contentWithoutPeople(content: AidContent, contacts: ContactPolicy, services: KnownServices = noServices): AidContent {
  const open: { -readonly [Field in keyof AidContent]: AidContent[Field] } = {
    ...content,
    ...contactWithoutPeople(content, contacts, services),
  };
  open.name = titleWithoutPeople(content.name, services);
  for (const field of rich) open[field] = htmlWithoutPeople(content[field], services);
  for (const field of lines) open[field] = textWithoutPeople(content[field], services);
  for (const field of links) open[field] = showsPerson(content[field], services) ? null : content[field];
  for (const field of lists) open[field] = content[field].flatMap((text) => textWithoutPeople(text, services) ?? []);
  for (const field of organisations)
    open[field] = content[field].flatMap((organisation) => organisationWithoutPeople(organisation, services));
  if (contacts !== "leave-out") open.contact = contactOrPage(content, open);
  return open;
}

function contactWithoutPeople(aid: ContactFields, contacts: ContactPolicy, services: KnownServices): ContactFields {
  if (contacts === "leave-out") return { contact: null, contactEmail: null, contactPhone: null, contactDetail: null };
  const { contactEmail, contactPhone, contactDetail } = aid;
  // A number after a name belongs to that person, so all parts of the contact are checked together.
  const together = [aid.contact, contactDetail, contactEmail, contactPhone].filter((part) => part !== null);
  const isNobodys = contactPhone === null || !canHoldPerson(together.join("\n")) || !endsWithPerson(together.join("\n"), services);
  return {
    contact: htmlWithoutPeople(aid.contact, services),
    contactEmail: textWithoutPeople(contactEmail, services),
    contactPhone: isNobodys ? contactPhone : null,
    contactDetail: textWithoutPeople(contactDetail, services),
  };
}

/** A link, an address, a number or a postal code. */
const usable = /<a\s|@|https?:|www\.|\d{2}[ .\u00a0-]?\d{2}[ .\u00a0-]?\d{2}|(?<!\d)3\d{3}(?!\d)|(?<!\d)\d{5}(?!\d)/i;

/** Returns the contact, and the publisher's page if the gate left no way to reach a service. */
function contactOrPage(before: AidContent, open: AidContent): string | null {
  if (before.contact === open.contact || before.contact === null) return open.contact;
  const others = [open.contactEmail, open.contactPhone, open.contactDetail].join(" ");
  const page = open.originUrl ?? open.applicationUrl;
  if (page === null || usable.test(others) || usable.test(open.contact ?? "")) return open.contact;
  const address = page.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `${open.contact ?? ""}<p><a href="${address}" rel="noopener">Voir le contact sur la page du producteur</a></p>`;
}

/** Returns true if a text ends with a person or a personal number. */
function endsWithPerson(text: string, services: KnownServices): boolean {
  return peopleBut(services, text).some(({ end }) => end >= text.trimEnd().length - 1);
}

function htmlWithoutPeople(html: string | null, services: KnownServices): string | null {
  return html === null || !canHoldPerson(html) ? html : contactForExport(html, "mailbox", services);
}

function showsPerson(link: string | null, services: KnownServices): boolean {
  return link !== null && canHoldPerson(link) && peopleBut(services, link).length > 0;
}

function organisationWithoutPeople(organisation: Organisation, services: KnownServices): Organisation[] {
  const name = textWithoutPeople(organisation.name, services);
  return name === null ? [] : [name === organisation.name ? organisation : { ...organisation, name }];
}
