import type { Child } from "hono/jsx";
import type { Pause } from "../../catalogue/runs/schedule-repository.ts";
import { idleSeconds } from "../access/sign-in.ts";
import { assetPath, dsfrPath } from "../assets.ts";
import type { ConsoleSettings } from "../console-settings.ts";
import { AidText } from "../parts/aid-text.tsx";
import { Link } from "../parts/link.tsx";
import { List } from "../parts/list.tsx";
import { formatDateTime } from "../parts/time.ts";
import type { Page } from "../route.ts";
import type { Visitor } from "../visit.ts";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";

/** The data around the content of a page. */
interface Surroundings {
  readonly settings: ConsoleSettings;
  readonly visitor: Visitor | null;
  readonly csrf: string;
  /** Path of this page. */
  readonly path: string;
  /** The pause of all runs; null if runs are not paused. */
  readonly pause: Pause | null;
  /** Message of the last form, shown once. */
  readonly message: string | null;
}

/** The HTML document of a page. */
export function Document({ page, around }: { readonly page: Page; readonly around: Surroundings }): Child {
  const { settings, visitor } = around;
  const isBare = page.isBare === true || visitor === null;
  return (
    <html lang="fr" data-fr-scheme="system">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {page.isIndexed !== true && <meta name="robots" content="noindex, nofollow" />}
        <meta name="format-detection" content="telephone=no" />
        <title>{titleOf(page, settings)}</title>
        <link rel="stylesheet" href={dsfrPath("dsfr.min.css")} />
        <link rel="stylesheet" href={dsfrPath("utility/icons/icons.min.css")} />
        <link rel="stylesheet" href={assetPath("console.css")} />
        <link rel="stylesheet" href={assetPath("layout.css")} />
        <link rel="stylesheet" href={assetPath("charts.css")} />
        {settings.stateMark === null && <link rel="stylesheet" href={assetPath("neutral.css")} />}
        <link
          rel="icon"
          href={settings.stateMark === null ? assetPath("moisson.svg") : dsfrPath("favicon/favicon.svg")}
          type="image/svg+xml"
        />
        <script type="module" src={dsfrPath("dsfr.module.min.js")} />
        <script type="module" src={assetPath("console.js")} />
      </head>
      <body>
        <nav class="fr-skiplinks" aria-label="Accès rapide" id="haut">
          <div class="fr-container">
            <List
              class="fr-skiplinks__list"
              items={[
                <Link href="#contenu" label="Contenu" />,
                !isBare && <Link href="#menu" label="Menu" />,
                <Link href="#pied" label="Pied de page" />,
              ]}
            />
          </div>
        </nav>
        <Header settings={settings} visitor={visitor} csrf={around.csrf} under={page.menuPath ?? around.path} isBare={isBare} />
        {visitor !== null && <SessionNotice />}
        {!isBare && <PauseNotice pause={around.pause} />}
        <main id="contenu" class="fr-container fr-pb-8w" tabindex={-1}>
          {around.message !== null && (
            <div class="fr-alert fr-alert--success fr-alert--sm fr-mt-2w moisson-done" role="status" tabindex={-1} autofocus>
              <p>{around.message}</p>
              <button type="button" class="fr-btn fr-btn--close" title="Masquer le message" data-hides>
                Masquer le message
              </button>
            </div>
          )}
          {!isBare && page.breadcrumb !== undefined && <Breadcrumb page={page} pages={page.breadcrumb} />}
          <div class={isBare || page.breadcrumb === undefined ? "fr-mt-4w" : ""}>{page.content}</div>
        </main>
        <Footer settings={settings} />
      </body>
    </html>
  );
}

/** Returns the title of the window: the page and the pages above it, because many objects have a page of the same name. */
function titleOf({ title, breadcrumb = [] }: Page, { name }: ConsoleSettings): string {
  return [title, ...breadcrumb.map((above) => above.title).reverse(), name].join(" – ");
}

function Breadcrumb({ page, pages }: { readonly page: Page; readonly pages: NonNullable<Page["breadcrumb"]> }): Child {
  return (
    <nav class="fr-breadcrumb" aria-label="vous êtes ici :">
      <div>
        <ol class="fr-breadcrumb__list">
          {[{ title: "Dernière nuit", href: "/" }, ...pages].map((above: NonNullable<Page["breadcrumb"]>[number]) => (
            <li>
              <a class="fr-breadcrumb__link" href={above.href}>
                <AidText text={above.title} language={above.language} />
              </a>
            </li>
          ))}
          <li>
            <a class="fr-breadcrumb__link" aria-current="page">
              <AidText text={page.title} language={page.language} />
            </a>
          </li>
        </ol>
      </div>
    </nav>
  );
}

/** Warns before the session ends. A script shows the template. */
function SessionNotice(): Child {
  return (
    <div class="moisson-session" role="alert" data-session-seconds={idleSeconds}>
      <template>
        <div class="fr-notice fr-notice--warning">
          <div class="fr-container">
            <div class="fr-notice__body">
              <p>
                <span class="fr-notice__title">Vous serez déconnecté dans dix minutes.</span>
                <span class="fr-notice__desc">Ce qui n’est pas enregistré sera perdu.</span>
              </p>
              <button type="button" class="fr-btn fr-btn--sm fr-btn--secondary fr-mt-1w">
                Rester connecté
              </button>
            </div>
          </div>
        </div>
      </template>
    </div>
  );
}

/** The notice on every page while all runs are paused. */
function PauseNotice({ pause }: { readonly pause: Pause | null }): Child {
  if (pause === null) return null;
  return (
    <div class="fr-notice fr-notice--warning">
      <div class="fr-container">
        <div class="fr-notice__body">
          <p>
            <span class="fr-notice__title">Tout est en pause.</span>
            <span class="fr-notice__desc">
              {`Aucune collecte ne commence, depuis ${formatDateTime(pause.at)}, à la demande de ${pause.by}${pause.reason === null ? "" : ` : ${pause.reason}`}.`}
            </span>
            <a class="fr-notice__link" href="/connecteurs#pause">
              Reprendre
            </a>
          </p>
        </div>
      </div>
    </div>
  );
}
