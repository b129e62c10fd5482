import { writeFile } from "node:fs/promises";
import { findEmails } from "../../src/kit/values/text/find-emails.ts";
import { findPhones } from "../../src/kit/values/text/find-phones.ts";
import { readableView } from "../../src/privacy/readable-view.ts";
import { recognisePeople } from "../../src/privacy/recognise-people.ts";
import { withoutPeopleInAid } from "../../src/privacy/without-people-in-aid.ts";
import { exampleAid } from "../support/example-aid.ts";
import { realTexts } from "../support/real-texts.ts";

/** Number of characters shown on each side of a detail. */
const shown = 70;

/** How often a detail is in the texts, and stays or goes. */
interface Listed {
  kept: number;
  removed: number;
  /** One place of it. */
  readonly around: string;
}

/**
 * Writes a table of all e-mail addresses and phone numbers of the real files, and of all names that the gate removes: kind, how often kept
 * and removed, the detail, a place of it. At the end, texts that vanish whole. A person reads it; it contains real people.
 */
export async function writeRealPeople(to: string): Promise<string> {
  const listed = new Map<string, Listed>();
  const vanished: string[] = [];
  for await (const { text } of realTexts()) {
    const { text: visible } = readableView(text);
    const details = [
      ...findEmails(visible).map((email) => ({ ...email, kind: "email" })),
      ...findPhones(visible).map((phone) => ({ ...phone, kind: "phone" })),
    ];
    const people = recognisePeople(text);
    if (details.length === 0 && people.length === 0) continue;
    const { description } = withoutPeopleInAid(exampleAid({ description: text }), "mailbox");
    const open = readableView(description ?? "").text;
    const left = new Set([...findEmails(open), ...findPhones(open)].map(({ normalised }) => normalised));
    if (description === null && text.length > 200) vanished.push(text);
    const note = (kind: string, normalised: string, start: number, where: string) => {
      const key = `${kind}\t${normalised}`;
      const around = where.slice(Math.max(0, start - shown), start + shown).replace(/\s+/g, " ");
      const one = listed.get(key) ?? { kept: 0, removed: 0, around };
      one[left.has(normalised) ? "kept" : "removed"]++;
      listed.set(key, one);
    };
    for (const { kind, normalised, start } of details) note(kind, normalised, start, visible);
    for (const { kind, normalised, start, isSure } of people)
      if (kind === "name" || kind === "profile") note(isSure ? kind : `${kind}?`, normalised, start, text);
  }
  const lines = [...listed].map(([key, { kept, removed, around }]) => [key, kept, removed, around].join("\t"));
  await writeFile(to, `${[...lines.toSorted(), ...vanished.map((text) => `vanished\t${text.replace(/\s+/g, " ")}`)].join("\n")}\n`);
  const of = (kind: string, state: "kept" | "removed") =>
    [...listed].filter(([key, one]) => key.startsWith(`${kind}\t`) && one[state] > 0).length;
  return ["email", "phone"].map((kind) => `${kind}: ${of(kind, "kept")} kept, ${of(kind, "removed")} removed`).join("\n");
}
