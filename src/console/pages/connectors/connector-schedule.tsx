import type { Child } from "hono/jsx";
import { scheduleMessage } from "../../../french/connectors.ts";
import { fileDueSentence } from "../../../french/digest/bizdev.ts";
import { french, sentence } from "../../../french/typography.ts";
import { nextDue } from "../../../jobs/schedule/due.ts";
import { fileDueAt, patternOf } from "../../../jobs/schedule/pattern.ts";
import type { Connector } from "../../../kit/definition.ts";
import { Alert } from "../../parts/alert.tsx";
import { List } from "../../parts/list.tsx";
import { formatDateTime, formatDay } from "../../parts/time.ts";
import type { ConnectorRow } from "./connector-rows.ts";

const timesShown = 3;

/** The schedule of a connector; for an uploaded feed, the day of the next file. `lastUpload`: date of the last uploaded file; null if there was none. */
export function ConnectorSchedule(given: {
  readonly row: ConnectorRow;
  readonly definition: Connector;
  readonly lastUpload: Date | null;
  readonly now: Date;
}): Child {
  const { row, definition, lastUpload, now } = given;
  if (definition.rhythm !== undefined) return <Rhythm definition={definition} lastUpload={lastUpload} now={now} />;
  const pattern = patternOf(definition);
  if (pattern === null) return <p>Il n’est pas collecté de lui-même.</p>;
  const times = nextTimes(definition, now);
  return (
    <>
      <p>{sentence(`${scheduleMessage(pattern)} (heure de Paris)`)}</p>
      {row.next === null ? (
        <p>
          {row.pause !== null
            ? french`En pause : aucune collecte n'est prévue avant la reprise.`
            : french`Sans adresse : aucune collecte n'est prévue. Un fichier peut être déposé.`}
        </p>
      ) : (
        <>
          <p class="fr-mb-1v">{french`Prochaines collectes :`}</p>
          <List items={times.map((time) => formatDateTime(time))} />
        </>
      )}
    </>
  );
}

function nextTimes(definition: Connector, now: Date): Date[] {
  const times: Date[] = [];
  for (let time = nextDue(definition, now); time !== null && times.length < timesShown; time = nextDue(definition, time)) times.push(time);
  return times;
}

function Rhythm({
  definition,
  lastUpload,
  now,
}: {
  readonly definition: Connector;
  readonly lastUpload: Date | null;
  readonly now: Date;
}): Child {
  const everyDays = definition.rhythm?.everyDays ?? 0;
  const due = fileDueAt(definition, lastUpload);
  const dueSentence = fileDueSentence({ everyDays, lastAt: lastUpload?.toISOString() ?? null });
  if (due !== null && due <= now)
    return <Alert kind="warning" title="Un fichier est à demander au producteur" level={3} text={dueSentence} />;
  return (
    <p>
      {french`Ce connecteur est alimenté à la main, tous les ${everyDays} jours au plus tard.`}
      {due !== null && french` Prochain fichier attendu le ${formatDay(due)}.`}
    </p>
  );
}
