import type { Child } from "hono/jsx";
import type { LiveLicence } from "../../../catalogue/publishers/publisher-listing-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { isOpenAid } from "../../../model/aid/open-data.ts";
import type { ConfirmedBasis } from "../../../model/aid/reuse-basis.ts";
import type { Slug } from "../../../model/vocabularies.ts";
import { Alert } from "../../parts/alert.tsx";
import type { Visit } from "../../visit.ts";
import { doubtOf, type PublisherDoubt } from "./publisher-stage.tsx";
import type { PublisherConnector } from "./read-connectors.ts";

const titles: Readonly<Record<PublisherDoubt, string>> = {
  stopped: "Des aides de ce producteur restent en ligne",
  withdrawn: "L’accord est retiré, et des aides restent en ligne",
  empty: french`« En ligne », sans aide publiée`,
};

/** Warns about a contradiction between the stage and the published aids, and says what to do. */
export async function PublisherVerify(given: {
  readonly visit: Visit;
  readonly publisher: StoredPublisher;
  readonly connectors: readonly PublisherConnector[];
  readonly isPartner: boolean;
}): Promise<Child> {
  const {
    visit: { catalogue },
    publisher,
    connectors,
    isPartner,
  } = given;
  const activity = (await catalogue.publisherListing.activity()).find(({ publisherId }) => publisherId === publisher.publisherId);
  const doubt = activity === undefined ? null : doubtOf(publisher, activity);
  if (doubt === null) return null;
  if (doubt === "empty")
    return (
      <Alert kind="warning" title={titles.empty} level={2}>
        <p>
          {french`Aucune de ses aides n'est publiée en ce moment. Publiez-en, ou revenez à une étape d'avant si cela doit durer. Les aides elles-mêmes n'en changent pas.`}
        </p>
      </Alert>
    );
  const bases = await catalogue.reuseBases.inForce();
  const out = await catalogue.publisherListing.liveLicences(connectors.map(({ row }) => row.id));
  return (
    <Alert kind="warning" title={titles[doubt]} level={2}>
      <p>{goesOut(out, bases)}</p>
      <p>{french`Changer l'étape ou l'accord ne retire rien de ce qui est en ligne, et n'arrête aucune collecte. Ce qu'il y a à faire :`}</p>
      <ul>
        {connectors
          .filter(({ row }) => out.some(({ connector }) => connector === row.id))
          .map(({ row, live }) => (
            <li>
              {row.name} : <a href={`/aides?connecteur=${row.id}&situation=live`}>{french`voir ${counted(live, "aide")} en ligne`}</a>
              {french`, pour les dépublier`}
              {isPartner && (row.state === "active" || row.state === "halted") && (
                <>
                  {" ; "}
                  <a href={`/connecteurs/${row.id}/definition/collecte?etat=paused#champ-etat`}>
                    mettre sa collecte en pause<span class="fr-sr-only">{` (${row.name})`}</span>
                  </a>
                </>
              )}
            </li>
          ))}
      </ul>
    </Alert>
  );
}

/**
 * Returns sentences: how many aids are still published, and how many are in the open data, which depends on each aid's licence and on
 * the connector's legal basis in force.
 */
function goesOut(out: readonly LiveLicence[], bases: ReadonlyMap<string, ConfirmedBasis>): string {
  const isOpen = ({ connector, licence }: LiveLicence) =>
    isOpenAid(licence as Slug<"importShareLicence">, bases.get(connector)?.basis ?? null);
  const sum = (some: readonly LiveLicence[]) => some.reduce((total, { aids }) => total + aids, 0);
  const [open, closed] = [sum(out.filter(isOpen)), sum(out.filter((one) => !isOpen(one)))];
  const opened = french`${counted(open, "aide")} sous licence ouverte ou sur une base confirmée ${isPlural(open) ? "sortent" : "sort"} encore sur le site, dans l'API et dans les fichiers de données ouvertes : c'est la licence de chaque aide, ou la base de son connecteur, qui en décide.`;
  const kept = french`${counted(closed, "aide")} sans licence ouverte ni base confirmée ${isPlural(closed) ? "sont" : "est"} encore sur le site, et dans aucun fichier de données ouvertes.`;
  return [open > 0 ? opened : "", closed > 0 ? kept : ""].filter((text) => text !== "").join(" ");
}
