import type { Child } from "hono/jsx";
import type { Exchange } from "../../../catalogue/publishers/exchange-repository.ts";
import { exchangeKindWords, exchangeSentence } from "../../../french/exchanges.ts";
import { counted } from "../../../french/typography.ts";
import type { ExchangeKind } from "../../../model/publisher/publisher-stage.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { controlsOf } from "../../forms/form.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { ActButton, ActForm, Select, SubmitButton, TextArea, TextField } from "../../parts/form-controls.tsx";
import { formatDay } from "../../parts/time.ts";
import { CannotDo, NotFound } from "../../route.ts";
import { param, visitorOf } from "../../visit.ts";
import { type PublisherAct, type PublisherView, publisherAct } from "./publisher-at.ts";

const entriesShown = 200;
/** Older entries are collapsed. */
const entriesOpen = 8;

/** The log of a publisher, newest first, and the form to add a note. Only for visitors who may see people. */
export async function PublisherLog(view: PublisherView): Promise<Child> {
  const entries = await view.visit.catalogue.exchanges.list(view.publisher.publisherId, entriesShown);
  return (
    <section class="fr-mb-4w" id="journal">
      <h2>Journal</h2>
      <div class="moisson-halves">
        <EntryForm {...view} />
        <div>
          {entries.length === 0 && <p>Rien n’est encore noté.</p>}
          <Entries view={view} entries={entries.slice(0, entriesOpen)} />
          {entries.length > entriesOpen && (
            <Collapsible summary={counted(entries.length - entriesOpen, "note plus ancienne", "notes plus anciennes")}>
              <Entries view={view} entries={entries.slice(entriesOpen)} />
            </Collapsible>
          )}
        </div>
      </div>
    </section>
  );
}

function Entries({ view, entries }: { readonly view: PublisherView; readonly entries: readonly Exchange[] }): Child {
  if (entries.length === 0) return null;
  return (
    <ul class="moisson-life fr-raw-list">
      {entries.map((entry) => (
        <Entry view={view} entry={entry} />
      ))}
    </ul>
  );
}

function Entry({ view: { visit, publisher }, entry }: { readonly view: PublisherView; readonly entry: Exchange }): Child {
  const sentence = exchangeSentence(entry.kind, entry.details);
  const isOwn = isOwnEntry(entry, visitorOf(visit).name);
  return (
    <li>
      <strong>{exchangeKindWords[entry.kind]}</strong>
      <span class="moisson-mention">{` ${formatDay(entry.at)}, ${entry.by}`}</span>
      {sentence !== null && <div>{sentence}</div>}
      {entry.text !== null && <div class="moisson-text">{entry.text}</div>}
      {isOwn && (
        <div class="moisson-no-print">
          <ActButton
            action={`/producteurs/${publisher.publisherId}/journal/${entry.seq}/retirer`}
            csrf={visit.csrf}
            label="Retirer"
            about={`l’entrée du ${formatDay(entry.at)}`}
            kind="tertiary"
          />
        </div>
      )}
    </li>
  );
}

function EntryForm({ visit, publisher, again: { typed, problems } }: PublisherView): Child {
  const control = controlsOf({ echange: "call", "echange-jour": parisDay(visit.now), ...typed }, problems);
  const choices = writtenKinds.map((value) => ({ value, label: exchangeKindWords[value] }));
  return (
    <ActForm action={`/producteurs/${publisher.publisherId}/journal`} csrf={visit.csrf} class="moisson-narrow fr-mb-3w moisson-no-print">
      <div class="moisson-short-fields fr-mb-1w">
        <Select {...control("echange")} label="Noter un échange" choices={choices} />
        <TextField {...control("echange-jour")} label="Le" type="date" required />
      </div>
      <TextArea {...control("echange-texte")} label="Ce qui s’est dit" rows={3} maxlength={4000} required />
      <SubmitButton label="Noter au journal" isSecondary />
    </ActForm>
  );
}

/** Kinds of log entries that people write by hand. */
const writtenKinds = ["call", "mail", "meeting", "note"] as const satisfies readonly ExchangeKind[];

/** Returns true for a manual entry by this person, who may remove it. */
function isOwnEntry({ kind, by, text }: Exchange, name: string): boolean {
  return by === name && text !== null && writtenKinds.some((known) => known === kind);
}

const add = publisherAct("journal", "publisher.note", async (visit, { publisherId }, form) => {
  const [day, text] = [form.text("echange-jour"), form.text("echange-texte").slice(0, 4000)];
  const typed = { echange: form.text("echange"), "echange-jour": day, "echange-texte": text };
  const today = parisDay(visit.now);
  const kind = writtenKinds.find((known) => known === typed.echange);
  const problems: Record<string, string> = {
    ...(kind === undefined && { echange: "Choisissez la nature de l’échange." }),
    ...(!isDay(day) && { "echange-jour": "Cette date n’existe pas : écrivez-la comme 2026-12-31." }),
    ...(isDay(day) && day > today && { "echange-jour": "Ce jour n’est pas encore venu : notez-le comme prochaine action." }),
    ...(text === "" && { "echange-texte": "Dites en un mot ce qui s’est dit." }),
  };
  if (Object.keys(problems).length > 0 || kind === undefined) return { again: { typed, problems } };
  // A past day has no time of day. 11:00 UTC is on the same day in Paris.
  const at = day === today ? visit.now : new Date(`${day}T11:00:00Z`);
  const isNew = await visit.catalogue.exchanges.addOnce(publisherId, { at, kind, by: visitorOf(visit).name, text });
  return { at: "#journal", ...(isNew && { message: "C’est noté au journal.", details: { kind, day } }) };
});

const remove = publisherAct("journal/:entree/retirer", "publisher.remove-note", async (visit, { publisherId }) => {
  const entries = await visit.catalogue.exchanges.list(publisherId, 100_000);
  const entry = entries.find(({ seq }) => String(seq) === param(visit, "entree"));
  if (entry === undefined) throw new NotFound("Cette entrée n’existe pas, ou elle a été retirée.");
  if (!isOwnEntry(entry, visitorOf(visit).name)) throw new CannotDo("Seule la personne qui a écrit cette entrée peut la retirer.");
  await visit.catalogue.exchanges.remove(publisherId, entry.seq);
  return { message: "L’entrée est retirée.", at: "#journal", details: { kind: entry.kind } };
});

export const logActs: readonly PublisherAct[] = [add, remove];
