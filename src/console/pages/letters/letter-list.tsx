import { frenchDay } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { type LetterRow, letterRows } from "../../../partners/correspondence/letter-rows.ts";
import { connectorColumn } from "../../lists/connector-column.tsx";
import type { Filter, List } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { Badge } from "../../parts/badge.tsx";
import { formatDay, formatShortDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";

const day = (at: Date | null) => (at === null ? null : parisDay(at));

const list: List<LetterRow> = {
  path: "/courriers",
  who: "bizdev",
  title: "Courriers aux producteurs",
  breadcrumb: () => [{ title: "Producteurs", href: "/producteurs" }],
  fileName: "courriers",
  caption: (count) => counted(count, "lettre"),
  empty: (isFiltered) => (isFiltered ? "Aucune lettre ne répond à ce filtre." : "Aucune lettre n’a encore été faite."),
  filters: [
    { name: "producteur", label: "Producteur", kind: "text" },
    {
      name: "etat",
      label: "Où elle en est",
      kind: "choice",
      anyLabel: "Toutes",
      choices: () => [
        { value: "unsent", label: "pas encore envoyée" },
        { value: "silent", label: "envoyée, sans réponse" },
        { value: "answered", label: "avec une réponse" },
        { value: "promised", label: "une correction est prévue" },
        { value: "overdue", label: "une correction est en retard" },
        { value: "revoked", label: "adresse révoquée" },
      ],
    },
    {
      name: "connecteur",
      label: "Connecteur",
      kind: "choice",
      anyLabel: "Tous",
      isAdvanced: true,
      choices: async ({ catalogue }) => {
        const known = new Set((await catalogue.letterAnswers.overview()).map(({ connector }) => connector));
        return [...known].sort().map((value) => ({ value, label: value }));
      },
    },
  ],
  columns: [
    {
      title: "Lettre",
      text: ({ at }) => day(at),
      cell: ({ at, connector, letterId }) => (
        <a href={`/connecteurs/${connector}/courriers/${letterId}`}>{french`Lettre du ${formatShortDateTime(at)}`}</a>
      ),
    },
    { title: "Producteur", text: ({ publisher }) => publisher },
    connectorColumn,
    { title: "Par", text: ({ by }) => by },
    {
      title: "Envoyée le",
      text: ({ sentAt, isUncertain }) => (isUncertain ? "incertain" : day(sentAt)),
      cell: ({ sentAt, revokedAt, isUncertain }) => {
        if (isUncertain) return <Badge tone="warning" label="envoi incertain" />;
        if (sentAt !== null) return formatDay(sentAt);
        return revokedAt === null ? "" : <Badge tone="neutral" label="adresse révoquée" />;
      },
    },
    {
      title: "Réponse",
      text: ({ answered, hasRemark }) => answerWords(answered, hasRemark),
    },
    {
      title: "Répondue le",
      text: ({ answeredAt }) => day(answeredAt),
      cell: ({ answeredAt }) => (answeredAt === null ? "" : formatDay(answeredAt)),
    },
    {
      title: "Prévu pour le",
      text: ({ promisedFor }) => promisedFor,
      cell: ({ promisedFor }) => (promisedFor === null ? "" : frenchDay(promisedFor)),
    },
    {
      title: "En retard",
      text: ({ isOverdue }) => (isOverdue ? "oui" : "non"),
      cell: ({ isOverdue }) => (isOverdue ? <Badge tone="warning" label="en retard" /> : ""),
    },
  ],
  rows: async (visit, filter, { limit, offset }) => (await rowsOf(visit, filter)).slice(offset, offset + limit),
  count: async (visit, filter) => (await rowsOf(visit, filter)).length,
};

function rowsOf({ catalogue, now }: Visit, { producteur, connecteur, etat }: Filter): Promise<readonly LetterRow[]> {
  return letterRows(catalogue, now, { publisher: producteur, connector: connecteur, state: etat });
}

/** Returns the number of answers in words, or null for no answer. */
export function answerWords(answered: number, hasRemark: boolean): string | null {
  const parts = [...(answered > 0 ? [counted(answered, "point")] : []), ...(hasRemark ? ["une remarque"] : [])];
  return parts.length === 0 ? null : parts.join(" et ");
}

/** All letters: a page, a CSV and an Excel file, without addresses and remarks. */
export const letterList = listRoutes(list);
