import type { Child } from "hono/jsx";
import { actRefusalMessage } from "../../../french/act-refusals.ts";
import { leftOutSentences } from "../../../french/offered-file.ts";
import { counted, french } from "../../../french/typography.ts";
import { dailyPath, isServed, offerFile, revokeFile } from "../../../publish/open-data/offers.ts";
import { ActButton } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { formatDay } from "../../parts/time.ts";
import { type ActRoute, actRoute, CannotDo } from "../../route.ts";
import { actorOf, publicAddress } from "../../visit.ts";
import { type PublisherView, publisherAt } from "./publisher-at.ts";

/** The open-data file of a publisher: how far it is, and the buttons to offer or to revoke it. */
export async function OfferSection({ visit, publisher }: PublisherView): Promise<Child> {
  const file = await visit.catalogue.openDataOffers.find(publisher.publisherId);
  const path = `/producteurs/${publisher.publisherId}/fichier`;
  const day = (at: string) => formatDay(new Date(at));
  return (
    <section class="fr-mb-4w" aria-labelledby="fichier-open-data">
      <h2 id="fichier-open-data">Son fichier open data</h2>
      {file === null ? (
        <p>
          {french`Préparez ses aides au format du schéma national, avec le mode d'emploi pour data.gouv.fr. Le producteur les relit et les valide par l'adresse d'une lettre ; rien n'est publié avant.`}
        </p>
      ) : (
        <>
          <p>
            {french`${counted(file.aids, "aide")} dans le fichier du ${day(file.madeAt)}, proposé par ${file.offeredBy}. `}
            {file.validatedAt === null
              ? "Pas encore validé : rien n’est publié."
              : isServed(file)
                ? french`Validé le ${day(file.validatedAt)} par ${file.validatedBy ?? "?"} (${file.validatedAs ?? "?"}).`
                : french`Validation révoquée le ${day(file.revokedAt ?? file.validatedAt)} par ${file.revokedBy ?? "?"} : plus rien n'est publié.`}
          </p>
          {isServed(file) && (
            <p>
              {"Adresse quotidienne : "}
              <a href={dailyPath(file)}>{publicAddress(visit, dailyPath(file))}</a>
            </p>
          )}
          {leftOutSentences(file).length > 0 && <List items={leftOutSentences(file).map((sentence) => sentence)} />}
        </>
      )}
      <ActButton action={path} csrf={visit.csrf} label={file === null ? "Préparer et proposer le fichier" : "Refaire le fichier"} />
      {file !== null && isServed(file) && (
        <ActButton action={`${path}/revoquer`} csrf={visit.csrf} label="Ne plus le publier" kind="tertiary" />
      )}
    </section>
  );
}

const offer = actRoute("/producteurs/:producteur/fichier", { who: "bizdev", act: "file.offer" }, async (visit) => {
  const { publisherId, name } = await publisherAt(visit);
  const connectors = await visit.console.jobs.connectors();
  const aids = await offerFile({ catalogue: visit.catalogue, connectors }, { publisherId, name }, actorOf(visit));
  return {
    message: french`Le fichier est prêt, avec ${counted(aids, "aide")}. Les lettres à ce producteur le lui proposent.`,
    to: `/producteurs/${publisherId}#fichier-open-data`,
    subject: `producteur ${name}`,
    details: { publisher: publisherId, aids },
  };
});

const revoke = actRoute("/producteurs/:producteur/fichier/revoquer", { who: "bizdev", act: "file.revoke" }, async (visit) => {
  const { publisherId, name } = await publisherAt(visit);
  const refusal = await revokeFile(visit.catalogue, publisherId, actorOf(visit));
  if (refusal !== null) throw new CannotDo(actRefusalMessage(refusal.refused), 409);
  return {
    message: "Le fichier n’est plus publié à son adresse quotidienne.",
    to: `/producteurs/${publisherId}#fichier-open-data`,
    subject: `producteur ${name}`,
    details: { publisher: publisherId },
  };
});

export const offerActs: readonly ActRoute[] = [offer, revoke];
