import type { Child } from "hono/jsx";
import { missingFieldName } from "../../../french/fields.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { keptContent, type PreviewContent } from "../../../partners/preview-content.ts";
import { clientNetwork } from "../../../platform/client-network.ts";
import { hourMs, isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { tokenHash } from "../../access/tokens.ts";
import type { ConsoleSettings } from "../../console-settings.ts";
import { List } from "../../parts/list.tsx";
import { PreviewFiche } from "../../parts/preview-fiche.tsx";
import { formatDay } from "../../parts/time.ts";
import { NotFound, type Page, pageRoute } from "../../route.ts";
import { param } from "../../visit.ts";
import { OrWriteTo } from "../legal/contact.tsx";

/** Maximum number of pages that a network may open in an hour. */
const maxPerClient = 120;

/** The public page of a preview, for anybody who has its address. */
export const publicPreview = pageRoute("/apercu/:jeton", "public", async (visit) => {
  const { catalogue, now, visitor, client } = visit;
  const isAllowed = visitor !== null || (await isWithinHourlyLimits(visit, [[`preview-from:${clientNetwork(client)}`, maxPerClient]]));
  if (!isAllowed) return tooManyPage;
  const found = await catalogue.previews.findByToken(tokenHash(param(visit, "jeton")));
  if (found === null) throw new NotFound("Cette adresse ne mène à aucun aperçu. Vérifiez qu’elle a été recopiée en entier.");
  if (found.revokedAt !== null || found.until <= now) return endedPage;
  // Visits of signed-in colleagues do not count: the publisher has not seen the preview.
  if (visitor === null) await catalogue.previews.recordVisit(found.previewId, parisDay(now));
  return shownPage(keptContent(found.content), found.at, found.until, visit.console.settings);
});

const tooManyPage: Page = {
  ...messagePage("Trop de demandes", "Cette page a été ouverte trop souvent depuis votre réseau. Revenez dans une heure."),
  status: 429,
  retryAfter: hourMs / 1000,
};

const endedPage: Page = {
  ...messagePage(
    "Cet aperçu n’est plus disponible",
    "Son adresse a été fermée. Si vous en avez besoin, demandez-en une nouvelle à la personne qui vous l’a envoyée.",
  ),
  status: 410,
};

function messagePage(title: string, message: string): Page {
  return {
    title,
    isBare: true,
    content: (
      <>
        <h1>{title}</h1>
        <p>{message}</p>
      </>
    ),
  };
}

function shownPage(content: PreviewContent, at: Date, until: Date, settings: ConsoleSettings): Page {
  const { publisher, valid, aids } = content;
  return {
    title: "Vos aides, telles que les collectivités les verraient",
    isBare: true,
    content: (
      <div class="moisson-letter">
        <p class="fr-mb-1w">
          {settings.name}
          {settings.owner !== null && french`, ${settings.owner.split("|").join(", ")}`}
        </p>
        <p>{french`À l'attention de : ${publisher}`}</p>
        <h1>Vos aides, telles que les collectivités les verraient</h1>
        <p class="fr-text--lead">
          {french`Voici ce que nous lisons dans votre fichier, au ${formatDay(at)} : ${counted(valid, "aide")}${aids.length < valid ? french`, dont les ${aids.length} premières ci-dessous` : ""}. Cette page ne publie rien : elle n'est connue que de vous et de nous, et se ferme le ${formatDay(until)}.`}
        </p>
        <Missing content={content} />
        <GoingOn settings={settings} />
        <h2 class="fr-mt-4w">{aids.length === 1 ? "Votre aide" : "Vos aides"}</h2>
        {aids.map((aid) => (
          <PreviewFiche aid={aid} />
        ))}
      </div>
    ),
  };
}

function Missing({ content: { valid, publishable, missing } }: { readonly content: PreviewContent }): Child {
  if (missing.length === 0) return <p>{french`Elles ont tout ce qu'il faut pour être publiées. Merci pour la qualité de vos données !`}</p>;
  return (
    <>
      <h2>Ce qu’il reste à compléter</h2>
      <p>
        {publishable === valid
          ? french`Elles peuvent être publiées telles quelles. Pour que les collectivités sachent tout, il manque encore, dans votre fichier ou avec nous :`
          : publishable > 0
            ? french`${counted(publishable, "aide est prête", "aides sont prêtes")} à être publiée${publishable > 1 ? "s" : ""} telle${publishable > 1 ? "s" : ""} quelle${publishable > 1 ? "s" : ""}. Pour les autres, il faut encore, dans votre fichier ou avec nous :`
            : french`Pour les publier, il faut encore, dans votre fichier ou avec nous :`}
      </p>
      <List
        items={missing.map(({ field, count }) => french`${capitalize(missingFieldName(field))} (${counted(count, "aide")} sur ${valid})`)}
      />
    </>
  );
}

function GoingOn({ settings }: { readonly settings: ConsoleSettings }): Child {
  return (
    <>
      <h2>Et maintenant ?</h2>
      <ol>
        <li>{french`Lisez les fiches ci-dessous : est-ce bien ce que vous voulez dire aux collectivités ?`}</li>
        <li>
          {french`Le guide `}
          <a href="/publier-ses-aides">publier ses aides</a>
          {settings.isCheckPublic ? (
            <>
              {french` montre comment compléter un fichier ; la page `}
              <a href="/verifier">vérifier mon fichier</a>
              {french` dit ce qui s'y lit bien, sans rien conserver.`}
            </>
          ) : (
            " montre comment compléter un fichier."
          )}
        </li>
        <li>
          {french`Dites-nous oui, non, ou ce qui vous retient : répondez au message qui vous a transmis cette page`}
          <OrWriteTo settings={settings} />
        </li>
      </ol>
    </>
  );
}
