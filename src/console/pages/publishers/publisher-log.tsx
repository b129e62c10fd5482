import type { Child } from "hono/jsx";
import type { Exchange } from "../../../catalogue/publishers/exchange-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { exchangeKindWord, exchangeSentence } from "../../../french/exchanges.ts";
import { counted } from "../../../french/typography.ts";
import type { ExchangeKind } from "../../../model/publisher/publisher-stage.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { Collapsible } from "../../parts/collapsible.tsx";
import { ActButton, ActForm, Select, SubmitButton, TextArea, TextField } from "../../parts/form-controls.tsx";
import { formatDay } from "../../parts/time.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import type { FormState } from "./publisher-at.ts";

interface LogGiven {
  readonly visit: Visit;
  readonly publisher: StoredPublisher;
  readonly again: FormState;
}

const entriesShown = 200;
/** Older entries are collapsed. */
const entriesOpen = 8;

/** The log of a publisher, newest first, and the form to add a note. Only for visitors who may see people. */
export async function PublisherLog({ visit, publisher, again }: LogGiven): Promise<Child> {
  const entries = await visit.catalogue.exchanges.list(publisher.publisherId, entriesShown);
  return (
    <section class="fr-mb-4w" id="journal">
      <h2>Journal</h2>
      <div class="moisson-halves">
        <EntryForm visit={visit} publisher={publisher} again={again} />
        <div>
          {entries.length === 0 && <p>Rien n’est encore noté.</p>}
          <Entries visit={visit} publisher={publisher} entries={entries.slice(0, entriesOpen)} />
          {entries.length > entriesOpen && (
            <Collapsible summary={counted(entries.length - entriesOpen, "note plus ancienne", "notes plus anciennes")}>
              <Entries visit={visit} publisher={publisher} entries={entries.slice(entriesOpen)} />
            </Collapsible>
          )}
        </div>
      </div>
    </section>
  );
}

function Entries({ visit, publisher, entries }: Pick<LogGiven, "visit" | "publisher"> & { readonly entries: readonly Exchange[] }): Child {
  if (entries.length === 0) return null;
  return (
    <ul class="moisson-life fr-raw-list">
      {entries.map((entry) => (
        <Entry visit={visit} publisher={publisher} entry={entry} />
      ))}
    </ul>
  );
}

function Entry({ visit, publisher, entry }: Pick<LogGiven, "visit" | "publisher"> & { readonly entry: Exchange }): Child {
  const sentence = exchangeSentence(entry.kind, entry.details);
  const isOwn = isOwnEntry(entry, visitorOf(visit).name);
  return (
    <li>
      <strong>{exchangeKindWord(entry.kind)}</strong>
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

function EntryForm({ visit, publisher, again: { typed, problems } }: LogGiven): Child {
  const choices = writtenKinds.map((value) => ({ value, label: exchangeKindWord(value) }));
  return (
    <ActForm action={`/producteurs/${publisher.publisherId}/journal`} csrf={visit.csrf} class="moisson-narrow fr-mb-3w moisson-no-print">
      <div class="moisson-short-fields fr-mb-1w">
        <Select name="echange" label="Noter un échange" choices={choices} value={typed.echange ?? "call"} problem={problems.echange} />
        <TextField
          name="echange-jour"
          label="Le"
          type="date"
          value={typed["echange-jour"] ?? parisDay(visit.now)}
          problem={problems["echange-jour"]}
          required
        />
      </div>
      <TextArea
        name="echange-texte"
        label="Ce qui s’est dit"
        value={typed["echange-texte"]}
        problem={problems["echange-texte"]}
        rows={3}
        maxlength={4000}
        required
      />
      <SubmitButton label="Noter au journal" isSecondary />
    </ActForm>
  );
}

/** Kinds of log entries that people write by hand. */
export const writtenKinds = ["call", "mail", "meeting", "note"] as const satisfies readonly ExchangeKind[];

/** Returns true for a manual entry by this person, who may remove it. */
export function isOwnEntry({ kind, by, text }: Exchange, name: string): boolean {
  return by === name && text !== null && writtenKinds.some((known) => known === kind);
}
