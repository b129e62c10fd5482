import type { Child } from "hono/jsx";
import { frenchDay } from "../../../french/dates.ts";
import { french } from "../../../french/typography.ts";
import { type LetterRow, letterRows } from "../../../partners/correspondence/letter-rows.ts";
import { ConnectorName } from "../../lists/connector-column.tsx";
import { Badge } from "../../parts/badge.tsx";
import { List } from "../../parts/list.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDay, formatShortDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import { AddressBadge } from "../letters/find-letter.tsx";
import { answerWords } from "../letters/letter-list.tsx";
import type { PublisherView } from "./publisher-at.ts";

const lettersShown = 10;

/** The last letters to a publisher, about all its connectors. */
export async function PublisherLetters({ visit, connectors }: PublisherView): Promise<Child> {
  if (connectors.length === 0) return null;
  const found = await Promise.all(connectors.map(({ row: { id } }) => letterRows(visit.catalogue, visit.now, { connector: id })));
  const letters = found.flat().sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <section class="fr-mb-4w">
      <h2>Lettres</h2>
      {letters.length === 0 ? (
        <p>Aucune lettre n’a encore été faite.</p>
      ) : (
        <Table
          caption="Les dernières lettres"
          isCaptionHidden
          head={["Lettre", "Connecteur", "Envoyée le", "Réponse", "Prévu pour le", "Adresse"]}
          rows={letters.slice(0, lettersShown).map((letter) => letterCells(visit, letter))}
        />
      )}
      <List
        class="moisson-links moisson-no-print"
        items={connectors.map(({ row: { id, name } }) => (
          <a class="fr-link" href={`/connecteurs/${id}/courriers`}>{`Écrire au sujet de ${name}`}</a>
        ))}
      />
    </section>
  );
}

function letterCells(visit: Visit, letter: LetterRow): Child[] {
  const { connector, letterId, at, sentAt, isUncertain, answered, hasRemark, promisedFor, isOverdue } = letter;
  return [
    <a href={`/connecteurs/${connector}/courriers/${letterId}`}>{french`Lettre du ${formatShortDateTime(at)}`}</a>,
    <ConnectorName visit={visit} connector={connector} />,
    isUncertain ? <Badge tone="warning" label="envoi incertain" /> : sentAt === null ? "pas encore" : formatDay(sentAt),
    answerWords(answered, hasRemark),
    <>
      {promisedFor !== null && frenchDay(promisedFor)} {isOverdue && <Badge tone="warning" label="en retard" />}
    </>,
    <AddressBadge letter={letter} />,
  ];
}
