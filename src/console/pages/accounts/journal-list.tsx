import type { AuditFilter, TrailEntry } from "../../../catalogue/accounts/audit-repository.ts";
import { actLabel, actNames } from "../../../french/acts.ts";
import { counted } from "../../../french/typography.ts";
import { byPublisher } from "../../../model/publisher/letter-answer.ts";
import type { Filter } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { Badge } from "../../parts/badge.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { Details, detailsText, Subject } from "./journal-cells.tsx";

interface Row extends TrailEntry {
  /** Address of a publisher's person; null for colleagues, and for people who were forgotten. */
  readonly publisherAddress: string | null;
  /** Null for a finished act. */
  readonly state: "en cours" | "non achevé" | null;
}

/** An act takes at most this time: after it, an act without an end has failed. */
const maxActMs = 120_000;

/** The audit trail as a list. */
export const journal = listRoutes<Row>({
  path: "/journal",
  who: "admin",
  title: "Journal",
  fileName: "journal",
  caption: (count) => counted(count, "entrée"),
  empty: (isFiltered) => (isFiltered ? "Aucune entrée ne répond à ce filtre." : "Personne n’a encore rien fait dans la console."),
  above: () => (
    <>
      <p>Qui a fait quoi, du plus récent au plus ancien. Personne ne peut modifier ni effacer une entrée, pas même un administrateur.</p>
      <p>
        Un acte « non achevé » a été commencé et a échoué en chemin, ou le service s’est arrêté : il est peut-être fait, peut-être pas, ou à
        moitié. Regardez ce qu’il en est avant de le recommencer.
      </p>
    </>
  ),
  breadcrumb: () => [{ title: "Comptes", href: "/comptes" }],
  filters: [
    { name: "qui", label: "Qui", kind: "text" },
    {
      name: "acte",
      label: "Quoi",
      kind: "choice",
      choices: () => actNames.map((value) => ({ value, label: actLabel(value) })).sort((a, b) => a.label.localeCompare(b.label, "fr")),
    },
    { name: "objet", label: "Sur quoi", kind: "text" },
    { name: "etat", label: "Où il en est", kind: "choice", choices: () => [{ value: "inacheve", label: "non achevé" }] },
    { name: "depuis", label: "Depuis le", kind: "date" },
    { name: "jusque", label: "Jusqu’au", kind: "date" },
  ],
  columns: [
    { title: "Quand", text: ({ at }) => at.toISOString(), cell: ({ at }) => formatShortDateTime(at) },
    {
      title: "Qui",
      text: nameOf,
      cell: (entry) => (
        <span class="moisson-whole-words">{isColleague(entry) ? <a href={`/comptes/${entry.person}`}>{entry.by}</a> : nameOf(entry)}</span>
      ),
    },
    {
      title: "Quoi",
      text: ({ act, state }) => `${actLabel(act)}${state === null ? "" : ` (${state})`}`,
      cell: ({ act, state }) => (
        <>
          {actLabel(act)} {state !== null && <Badge tone={state === "en cours" ? "new" : "warning"} label={state} />}
        </>
      ),
    },
    { title: "Sur quoi", text: ({ subject }) => subject, cell: ({ subject }) => <Subject subject={subject} /> },
    { title: "Détails", text: ({ details }) => detailsText(details), cell: ({ details }) => <Details details={details} /> },
  ],
  rows: async ({ catalogue, now }, filter, place) => {
    const entries = await catalogue.audit.list(filterOf(filter), place);
    const addresses = await catalogue.publisherAccounts.addresses(entries.flatMap(({ person }) => person ?? []));
    return entries.map((entry) => ({
      ...entry,
      state: stateOf(entry, now),
      publisherAddress: addresses.get(entry.person ?? "") ?? null,
    }));
  },
  count: ({ catalogue }, filter) => catalogue.audit.count(filterOf(filter)),
});

function isColleague({ by, person }: Row): boolean {
  return person !== null && by !== byPublisher;
}

function nameOf({ by, publisherAddress }: Row): string {
  return publisherAddress === null ? by : `${by} (${publisherAddress})`;
}

function stateOf({ isUnfinished, at }: TrailEntry, now: Date): Row["state"] {
  if (!isUnfinished) return null;
  return now.getTime() - at.getTime() < maxActMs ? "en cours" : "non achevé";
}

function filterOf({ qui: by, acte: act, objet: subject, etat, depuis: from, jusque: to }: Filter): AuditFilter {
  return { by, act, subject, from, to, isUnfinished: etat !== undefined };
}
