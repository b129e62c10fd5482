import type { Child } from "hono/jsx";
import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { frenchDay } from "../../../french/dates.ts";
import { french } from "../../../french/typography.ts";
import type { PortalDataset } from "../../../model/run/portal-dataset.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { shownAddress } from "../../../platform/shown-address.ts";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { type RunView, waitSentence } from "./read-run.ts";

/** Renders the origin of the feed. */
export function RunFeed({ view }: { readonly view: RunView }): Child {
  const { report } = view.run;
  return (
    <section>
      <h2 class="fr-mt-4w">Flux</h2>
      <Facts facts={report === null ? [] : feedFacts(report, view)} none={noFeedYet(view)} />
    </section>
  );
}

/** Renders who requested the run and how. */
export function RunRequest({ view }: { readonly view: RunView }): Child {
  return (
    <section>
      <h2 class="fr-mt-4w">Demande</h2>
      <Facts facts={requestFacts(view)} />
    </section>
  );
}

/** Returns a sentence that says why no feed is described. */
function noFeedYet({ run, wait }: RunView): string {
  if (wait !== null) return french`La collecte attend : elle n'a encore lu aucun flux. ${waitSentence(wait)}`;
  return run.state === "ended"
    ? "La collecte n’a pas rendu compte de son flux."
    : "La collecte est en cours : elle dira à la fin ce qu’elle a lu.";
}

function feedFacts({ feed }: RunReport, { isSnapshotKept }: RunView): Fact[] {
  return [
    feed.url !== undefined && { name: "Adresse", value: shownAddress(feed.url) },
    feed.file !== undefined && { name: "Fichier donné à la main", value: feed.file.split(/[\\/]/).at(-1) ?? feed.file },
    feed.bytes !== null && { name: "Taille", value: formatBytes(feed.bytes) },
    feed.sha256 !== null && {
      name: "Instantané",
      value: (
        <>
          <code>{feed.sha256.slice(0, 12)}</code> {kept(feed, isSnapshotKept)}
        </>
      ),
    },
    feed.dataset !== undefined && { name: "Jeu de données", value: <Dataset dataset={feed.dataset} /> },
  ].filter((fact) => fact !== false);
}

function kept(feed: RunReport["feed"], isKept: boolean): string {
  if (isKept) return "(conservé)";
  return feed.namesForgotten === true ? "(non conservé : il nomme une personne effacée)" : "(n’est plus conservé)";
}

function Dataset({ dataset }: { readonly dataset: PortalDataset }): Child {
  const { title, organisation, licence, frequency, file, fileChangedAt } = dataset;
  return [
    title ?? "sans titre",
    organisation !== null && french`de ${organisation}`,
    licence === null ? "licence non précisée" : french`licence ${licence}`,
    frequency !== null && french`mise à jour : ${frequency}`,
    file !== null && french`fichier « ${file} »`,
    fileChangedAt !== null && french`modifié le ${frenchDay(fileChangedAt.slice(0, 10))}`,
  ]
    .filter((part) => part !== false)
    .join(", ");
}

function requestFacts({ run, triedAgainBy }: RunView): Fact[] {
  const { askedBy, worker, triesAgain, report } = run;
  return [
    { name: "Demandée par", value: askedBy === "schedule" ? "le calendrier" : (askedBy ?? "la ligne de commande") },
    { name: "Comment", value: optionLabels(run.options).join(", ") || "collecte ordinaire" },
    { name: "Essai", value: french`n° ${run.try}` },
    run.machineFaults > 0 && {
      name: "Défauts de la machine",
      value: french`${run.machineFaults} avant cette collecte, sans compter d'essai`,
    },
    triesAgain !== null && { name: "Reprend", value: <a href={`/collectes/${triesAgain}`}>la collecte précédente, qui n’a pas abouti</a> },
    triedAgainBy !== null && { name: "Reprise par", value: <a href={`/collectes/${triedAgainBy}`}>la collecte suivante</a> },
    worker !== null && { name: "Faite par", value: <code>{worker}</code> },
    report !== null && { name: "Mémoire", value: french`${report.peakRssMb} Mo au plus` },
    report?.now != null && { name: "Heure imposée", value: report.now },
    { name: "Identifiant", value: <code>{run.runId}</code> },
  ].filter((fact) => fact !== false);
}

/** Returns the options of a run as labels; an ordinary run has none. */
function optionLabels(options: RunRecord["options"]): string[] {
  const { dryRun, limit, force, snapshot, url, file } = options;
  return [
    dryRun === true && "essai, sans rien écrire",
    typeof limit === "number" && french`arrêtée après ${limit} enregistrements`,
    force === true && "même si le flux n’a pas changé",
    typeof snapshot === "string" && french`sur l'instantané ${snapshot.slice(0, 12)}`,
    typeof url === "string" && french`à l'adresse ${shownAddress(url)}`,
    typeof file === "string" && "sur un fichier donné à la main",
  ].filter((one) => one !== false);
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} octets`;
  if (bytes < 1_000_000) return `${formatNumber(Math.round(bytes / 100) / 10)} ko`;
  return `${formatNumber(Math.round(bytes / 100_000) / 10)}\u00a0Mo`;
}
