import type { Child } from "hono/jsx";
import type { StoredWorker } from "../../../catalogue/machines/worker-repository.ts";
import { machineFaultSentence, sicknessWords, whatToDo } from "../../../french/machines.ts";
import { momentOf } from "../../../french/moments.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import { causeNamed, hostOf, type MachineFault } from "../../../model/run/machine-fault.ts";
import { Badge } from "../../parts/badge.tsx";
import { List } from "../../parts/list.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDay, formatShortDateTime } from "../../parts/time.ts";
import { pageRoute, type Route } from "../../route.ts";

const faultDays = 7;
const runsShown = 3;

/** The running workers, why some take no run, and the faults of machines of the last days. */
const workersPage = pageRoute("/travailleurs", "read", async ({ catalogue, now }) => {
  const workers = await catalogue.workers.list();
  const faults = await catalogue.machineFaults.since(new Date(now.getTime() - faultDays * 86_400_000));
  const isChanging = workers.some(({ sickFor, leaveFor, isGone }) => !isGone && (sickFor !== null || leaveFor !== null));
  return {
    title: "Exécuteurs",
    breadcrumb: [{ title: "Collectes", href: "/collectes" }],
    menuPath: "/collectes",
    content: (
      <div id="executeurs" {...(isChanging && { "data-live": true })}>
        <h1>Exécuteurs</h1>
        <p>
          {french`Les exécuteurs (« moisson worker ») font les collectes. Chacun s'examine toutes les quelques secondes ; un exécuteur empêché ne prend aucune collecte, laisse le travail aux autres, et reprend de lui-même.`}
        </p>
        {workers.length === 0 ? (
          <p>
            Aucun exécuteur n’est en marche : les collectes demandées attendent. Démarrez-en un avec <code>moisson worker</code>.
          </p>
        ) : (
          <WorkerTable workers={workers} />
        )}
        <h2>Pannes des sept derniers jours</h2>
        <Faults faults={faults} />
      </div>
    ),
  };
});

function WorkerTable({ workers }: { readonly workers: readonly StoredWorker[] }): Child {
  return (
    <Table
      caption={counted(workers.length, "exécuteur", "exécuteurs")}
      head={[{ title: "Machine", isRowTitle: true }, "Version", "Démarré le", "État", "Ce qu’il fait"]}
      rows={workers.map((worker) => [
        <>
          {hostOf(worker.name)} <span class="moisson-mention">{processOf(worker.name)}</span>
        </>,
        worker.version,
        formatShortDateTime(new Date(worker.startedAt)),
        <State worker={worker} />,
        <Runs worker={worker} />,
      ])}
    />
  );
}

function State({ worker }: { readonly worker: StoredWorker }): Child {
  const { isGone, heardAt, leaveFor, sickFor, sickSince } = worker;
  if (isGone)
    return (
      <Described tone="neutral" label="disparu" text={french`Disparu depuis ${momentOf(heardAt)}. Redémarrez-le, si rien ne le fait.`} />
    );
  if (leaveFor !== null)
    return (
      <Described
        tone="info"
        label="s’arrête"
        text="S’arrête pour la mise à jour : il finit ses collectes, puis laisse la place à la nouvelle version."
      />
    );
  if (sickFor === null) return <Badge tone="success" label="en marche" />;
  const cause = causeNamed(sickFor);
  const since = sickSince === null ? "" : french` depuis ${momentOf(sickSince)}`;
  return <Described tone="error" label="empêché" text={`${sentence(`${sicknessWords(cause)}${since}`)} ${whatToDo(cause)}`} />;
}

function Described({
  tone,
  label,
  text,
}: {
  readonly tone: "neutral" | "info" | "error";
  readonly label: string;
  readonly text: string;
}): Child {
  return (
    <>
      <Badge tone={tone} label={label} /> {text}
    </>
  );
}

function Runs({ worker: { runs, isGone, sickFor, leaveFor } }: { readonly worker: StoredWorker }): Child {
  if (runs.length === 0) return isGone || sickFor !== null || leaveFor !== null ? "Rien" : "Attend une collecte";
  const more = runs.length - runsShown;
  return (
    <>
      {runs.slice(0, runsShown).map((connector, place) => (
        <>
          {place > 0 && ", "}
          <a href={`/connecteurs/${connector}`}>{connector}</a>
        </>
      ))}
      {more > 0 && french` et ${counted(more, "autre")}`}
    </>
  );
}

function Faults({ faults }: { readonly faults: readonly MachineFault[] }): Child {
  if (faults.length === 0) return <p>Aucune machine n’a empêché de collecte.</p>;
  return (
    <List
      items={faults.map((fault) => (
        <>
          {fault.endedAt === null ? <Badge tone="error" label="en cours" /> : french`${formatDay(new Date(fault.beganAt))} :`}{" "}
          {machineFaultSentence(fault)} {fault.endedAt === null && whatToDo(fault.cause)}
        </>
      ))}
    />
  );
}

/** Returns the number of a worker's process, which distinguishes workers of one machine. */
function processOf(name: string): string {
  const pid = /:(\d+):[0-9a-f]{8}$/.exec(name)?.[1];
  return pid === undefined ? "" : `processus ${pid}`;
}

export const workerRoutes: readonly Route[] = [workersPage];
