import type { LetterOverview } from "../../../catalogue/letters/letter-answer-repository.ts";
import { frenchDay } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import { lastWholeReport } from "../../../jobs/morning/promised-corrections.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { isStillReported } from "../../../model/publisher/is-still-reported.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
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
  rows: async (visit, filter, { limit, offset }) => (await letterRows(visit, filter)).slice(offset, offset + limit),
  count: async (visit, filter) => (await letterRows(visit, filter)).length,
};

/** Returns the number of answers in words, or null for no answer. */
export function answerWords(answered: number, hasRemark: boolean): string | null {
  const parts = [...(answered > 0 ? [counted(answered, "point")] : []), ...(hasRemark ? ["une remarque"] : [])];
  return parts.length === 0 ? null : parts.join(" et ");
}

/** All letters: a page, a CSV and an Excel file, without addresses and remarks. */
export const letterList = listRoutes(list);

export interface LetterRow extends LetterOverview {
  /** The earliest promised date, `YYYY-MM-DD`, or null. */
  readonly promisedFor: string | null;
  /** A promised date has passed and the last run still reports the point. */
  readonly isOverdue: boolean;
}

/** Returns the letters that match a filter, newest first. */
export async function letterRows(visit: Visit, { producteur, connecteur, etat }: Filter): Promise<readonly LetterRow[]> {
  const words = foldTerm(producteur ?? "").split(" ");
  const letters = (await visit.catalogue.letterAnswers.overview()).filter(
    (one) =>
      words.every((word) => foldTerm(`${one.publisher} ${one.connector}`).includes(word)) &&
      (connecteur === undefined || one.connector === connecteur),
  );
  const rows: LetterRow[] = [];
  for (const one of letters)
    rows.push({ ...one, promisedFor: one.promised[0]?.plannedFor ?? null, isOverdue: await isOverdue(visit, one) });
  return etat === undefined ? rows : rows.filter((row) => hasState(row, etat));
}

async function isOverdue({ catalogue, now }: Visit, { connector, promised }: LetterOverview): Promise<boolean> {
  const late = promised.filter(({ plannedFor }) => plannedFor < parisDay(now));
  if (late.length === 0) return false;
  const report = await lastWholeReport(catalogue, connector);
  if (report === null) return true;
  const dead = new Set((await catalogue.links.deadLinks(connector)).map(({ field }) => field as string));
  return late.some((point) => isStillReported(point, report, dead));
}

function hasState({ sentAt, revokedAt, answeredAt, promisedFor, isOverdue: isLate }: LetterRow, state: string): boolean {
  if (state === "unsent") return sentAt === null && revokedAt === null;
  if (state === "silent") return sentAt !== null && answeredAt === null;
  if (state === "answered") return answeredAt !== null;
  if (state === "promised") return promisedFor !== null;
  return state === "overdue" ? isLate : revokedAt !== null;
}
