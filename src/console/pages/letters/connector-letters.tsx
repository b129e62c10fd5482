import type { Child } from "hono/jsx";
import type { ListedLetter } from "../../../catalogue/letters/letter-repository.ts";
import { frenchDay } from "../../../french/dates.ts";
import { french } from "../../../french/typography.ts";
import { readsSite } from "../../../kit/site-hosts.ts";
import { publishedLevel } from "../../../model/plan/standing-decision.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { newToken } from "../../access/tokens.ts";
import { mailServerOf } from "../../mail-sender.ts";
import { ActForm, SubmitButton } from "../../parts/form-controls.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDateTime, formatShortDateTime } from "../../parts/time.ts";
import { type Page, pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { connectorRowOf } from "../connectors/connector-rows.ts";
import { AddressBadge, letterBreadcrumb } from "./find-letter.tsx";

/** The letters of a connector, and the button that creates one. */
export const lettersPage = pageRoute("/connecteurs/:connecteur/courriers", "bizdev", async (visit) => {
  const { id, name, definition } = await connectorRowOf(visit);
  const owner = await visit.catalogue.publishers.findByConnector(id);
  const made = await visit.catalogue.letters.list(id);
  const path = `/connecteurs/${id}/courriers`;
  const isPublishing = publishedLevel(await visit.catalogue.standingDecisions.holdingFor(id)) !== null;
  return {
    title: "Courriers au producteur",
    breadcrumb: letterBreadcrumb({ id, publisher: name }).slice(0, -1),
    menuPath: "/connecteurs",
    content: (
      <>
        <h1>Courriers au producteur</h1>
        <p>
          {"Une lettre dit au producteur, "}
          {owner === null ? name : <a href={`/producteurs/${owner.publisherId}`}>{owner.name}</a>}
          {french`, en français simple, ce qui va bien dans ses données et ce qui est à corriger, avec les endroits. Elle ne contient que ses propres données.`}
        </p>
        <ContactNote visit={visit} connector={id} />
        <ActForm action={path} csrf={visit.csrf} class="fr-mb-4w">
          <input type="hidden" name={tokenField} value={newToken()} />
          <SubmitButton label="Préparer une lettre" />
          <p class="fr-hint-text fr-mt-1w">
            {french`À partir du dernier flux entier qui a été collecté. Il est relu en ce moment même : quelques secondes suffisent d'habitude. Rien n'est envoyé.`}
          </p>
        </ActForm>
        {definition !== null && (readsSite(definition) || isPublishing) && (
          <CourtesyForm visit={visit} path={path} made={made} isSite={readsSite(definition)} />
        )}
        <h2>Lettres déjà faites</h2>
        {made.length === 0 ? <p>Aucune lettre n’a encore été faite.</p> : <Made letters={made} path={path} />}
      </>
    ),
  };
});

/** The button that makes a courtesy letter, for connectors that read a site or whose aids runs publish, and whether one was sent. */
function CourtesyForm(given: {
  readonly visit: Visit;
  readonly path: string;
  readonly made: readonly ListedLetter[];
  readonly isSite: boolean;
}): Child {
  const sent = given.made.find(({ kind, sentAt, isUncertain }) => kind === "courtesy" && sentAt !== null && !isUncertain);
  return (
    <section aria-labelledby="courtoisie">
      <h2 id="courtoisie">Lettre de courtoisie</h2>
      <p>
        {given.isSite
          ? french`Ce connecteur lit les pages d'un site. Avant de publier ses aides pour la première fois, montrez-les à leur producteur : il peut, sans compte, demander une correction, un retrait, ou que nous ne lisions plus son site.`
          : french`Les collectes publient des aides de ce connecteur sans relecture. Montrez-les à leur producteur, avec leur liste : il peut, sans compte, demander une correction ou un retrait.`}
      </p>
      <p>
        {sent?.sentAt === undefined || sent.sentAt === null
          ? "Aucune lettre de courtoisie n’a encore été envoyée."
          : french`La dernière a été envoyée le ${formatDateTime(sent.sentAt)} par ${sent.sentBy ?? "?"}.`}
      </p>
      <ActForm action={`${given.path}/courtoisie`} csrf={given.visit.csrf} class="fr-mb-4w">
        <input type="hidden" name={tokenField} value={newToken()} />
        <SubmitButton label="Préparer une lettre de courtoisie" isSecondary={sent !== undefined} />
      </ActForm>
    </section>
  );
}

function Made({ letters, path }: { readonly letters: readonly ListedLetter[]; readonly path: string }): Child {
  return (
    <Table caption="Lettres, la plus récente d’abord" isCaptionHidden head={["Lettre", "Par", "Adresse"]}>
      {letters.map((one) => (
        <tr>
          <td>
            <a class="fr-link" href={`${path}/${one.letterId}`}>
              {one.kind === "courtesy"
                ? french`Lettre de courtoisie du ${formatShortDateTime(one.at)}`
                : french`Lettre du ${formatShortDateTime(one.at)}`}
            </a>
          </td>
          <td>{one.by}</td>
          <td>
            <AddressBadge letter={one} />
            {one.revokedAt !== null && (
              <span class="moisson-mention">{` le ${formatDateTime(one.revokedAt)} par ${one.revokedBy ?? "?"}`}</span>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** The contact noted in the draft. Letters do not contain it. */
async function ContactNote({ visit, connector }: { readonly visit: Visit; readonly connector: string }): Promise<Child> {
  const contact = await visit.catalogue.drafts.contactOf(connector);
  if (contact === null) return null;
  return <p>{french`Contact noté pour ce producteur : ${contact}. Il n'est pas repris dans la lettre.`}</p>;
}

/** Form field with the token of the new letter's address: a form sent twice creates one address only. */
export const tokenField = "adresse";

/** Returns true if the text has the format of `newToken`. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** Name of the button that creates a letter even if it equals the last one. */
export const makeAnywayField = "quand-meme";

/** Says that a new letter would equal `same`, which was sent, and proposes a reminder. No letter was created. `token`: token of the submitted form. */
export function nothingChangedPage(visit: Visit, same: MadeLetter, token: string): Page {
  const { connector, letterId, letter, sentAt, at, revokedAt } = same;
  const path = `/connecteurs/${connector}/courriers`;
  const day = frenchDay(parisDay(sentAt ?? at));
  return {
    title: "Rien n’a changé",
    breadcrumb: letterBreadcrumb({ id: connector, publisher: letter.publisher }),
    menuPath: "/connecteurs",
    content: (
      <div class="moisson-narrow">
        <h1>{french`Rien n'a changé depuis la lettre du ${day}`}</h1>
        <p>
          {french`Les mêmes points, aussi nombreux, et les mêmes mots : une autre lettre dirait la même chose à ${letter.publisher}. Aucune n'a été faite.`}
        </p>
        <p>
          {mailServerOf(visit) !== null && revokedAt === null ? (
            <ButtonLink href={`${path}/${letterId}/envoyer`} label="Envoyer un rappel" />
          ) : (
            <ButtonLink href={`${path}/${letterId}`} label={french`Revoir la lettre du ${day}`} />
          )}
        </p>
        <ActForm action={path} csrf={visit.csrf}>
          <input type="hidden" name={tokenField} value={token} />
          <button class="fr-btn fr-btn--secondary" type="submit" name={makeAnywayField} value="oui">
            Préparer une lettre quand même
          </button>
        </ActForm>
      </div>
    ),
  };
}
