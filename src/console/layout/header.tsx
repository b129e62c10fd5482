import type { Child } from "hono/jsx";
import { mayAs, type Role } from "../../model/publisher/role.ts";
import type { ConsoleSettings } from "../console-settings.ts";
import { manualHref } from "../pages/manual/manual-sections.ts";
import { CsrfField } from "../parts/form-controls.tsx";
import type { Visitor } from "../visit.ts";
import { StateMark } from "./footer.tsx";

/** The header, with the name of the service, the search, the account and the menu. */
export function Header(given: {
  readonly settings: ConsoleSettings;
  readonly visitor: Visitor | null;
  readonly csrf: string;
  readonly under: string;
  readonly isBare: boolean;
}): Child {
  const { settings, visitor, csrf, under, isBare } = given;
  return (
    <header role="banner" class="fr-header">
      <div class="fr-header__body">
        <div class="fr-container">
          <div class="fr-header__body-row">
            <div class="fr-header__brand fr-enlarge-link">
              <div class="fr-header__brand-top">
                {settings.stateMark !== null && (
                  <div class="fr-header__logo">
                    <StateMark settings={settings} />
                  </div>
                )}
                {!isBare && (
                  <div class="fr-header__navbar">
                    <button
                      class="fr-btn--search fr-btn"
                      data-fr-opened="false"
                      aria-controls="recherche-fenetre"
                      id="recherche-bouton"
                      title="Où est mon aide ?"
                      type="button"
                    >
                      Où est mon aide ?
                    </button>
                    <button
                      class="fr-btn--menu fr-btn"
                      data-fr-opened="false"
                      aria-controls="menu-fenetre"
                      id="menu-bouton"
                      title="Menu"
                      type="button"
                    >
                      Menu
                    </button>
                  </div>
                )}
              </div>
              <div class="fr-header__service">
                <a href="/" title={`${settings.name} – dernière nuit`}>
                  <p class="fr-header__service-title">{settings.name}</p>
                </a>
                <p class="fr-header__service-tagline">Les aides publiques, de leurs producteurs au catalogue</p>
              </div>
            </div>
            {!isBare && visitor !== null && (
              <div class="fr-header__tools">
                <div class="fr-header__tools-links">
                  <AccountLinks visitor={visitor} csrf={csrf} under={under} />
                </div>
                <div class="fr-header__search fr-modal" id="recherche-fenetre" aria-labelledby="recherche-bouton">
                  <div class="fr-container fr-container-lg--fluid">
                    <button class="fr-btn--close fr-btn" aria-controls="recherche-fenetre" title="Fermer" type="button">
                      Fermer
                    </button>
                    <search>
                      <form class="fr-search-bar" action="/ou-est-mon-aide" method="get">
                        <label class="fr-label" for="recherche-aide">
                          Où est mon aide ?
                        </label>
                        <input
                          class="fr-input"
                          id="recherche-aide"
                          type="search"
                          name="q"
                          maxlength={300}
                          placeholder="Une aide : titre, identifiant, lien"
                        />
                        <button class="fr-btn" type="submit" title="Rechercher">
                          Rechercher
                        </button>
                      </form>
                    </search>
                  </div>
                </div>
              </div>
            )}
          </div>
        </div>
      </div>
      {!isBare && visitor !== null && (
        <div class="fr-header__menu fr-modal" id="menu-fenetre" aria-labelledby="menu-bouton">
          <div class="fr-container">
            <button class="fr-btn--close fr-btn" aria-controls="menu-fenetre" title="Fermer" type="button">
              Fermer
            </button>
            <div class="fr-header__menu-links" />
            <nav class="fr-nav" id="menu" aria-label="Menu principal">
              <ul class="fr-nav__list">
                {menu
                  .filter(({ minRole }) => visitor.role !== null && mayAs(visitor.role, minRole))
                  .map((entry) => (
                    <li class="fr-nav__item">
                      <a class="fr-nav__link" href={entry.href} aria-current={entryOf(under) === entry ? "page" : undefined}>
                        {entry.title}
                      </a>
                    </li>
                  ))}
              </ul>
            </nav>
          </div>
        </div>
      )}
    </header>
  );
}

function AccountLinks(given: { readonly visitor: Visitor; readonly csrf: string; readonly under: string }): Child {
  const { visitor, csrf, under } = given;
  return (
    <ul class="fr-btns-group">
      <li>
        <a class="fr-btn fr-icon-question-line" href={manualHref(under)}>
          Mode d’emploi
        </a>
      </li>
      <li>
        <a class="fr-btn fr-icon-account-circle-line" href="/mon-compte">
          {visitor.name}
        </a>
      </li>
      <li>
        <form method="post" action="/deconnexion">
          <CsrfField csrf={csrf} />
          <button class="fr-btn fr-icon-logout-box-r-line" type="submit">
            Se déconnecter
          </button>
        </form>
      </li>
    </ul>
  );
}

/** An entry of the menu. `minRole`: the lowest role that sees it. */
interface MenuEntry {
  readonly title: string;
  readonly href: string;
  readonly minRole: Role;
  /** Further paths that highlight this entry. */
  readonly also?: readonly string[];
}

/** The entries, in the order of a working day. */
const menu: readonly MenuEntry[] = [
  { title: "Dernière nuit", href: "/", minRole: "read" },
  { title: "Collectes", href: "/collectes", minRole: "read", also: ["/travailleurs"] },
  { title: "Plans", href: "/plans", minRole: "read" },
  { title: "Connecteurs", href: "/connecteurs", minRole: "read", also: ["/nuits"] },
  { title: "À relire", href: "/relecture", minRole: "read", also: ["/noms-a-verifier", "/signalements"] },
  { title: "Catalogue", href: "/aides", minRole: "read" },
  { title: "Mots à traduire", href: "/mots", minRole: "read" },
  {
    title: "Producteurs",
    href: "/producteurs",
    minRole: "read",
    also: ["/couverture", "/chiffres", "/courriers", "/publication", "/reutilisation"],
  },
  { title: "Nouveau producteur", href: "/brouillons", minRole: "bizdev", also: ["/modeles"] },
  { title: "Comptes", href: "/comptes", minRole: "admin", also: ["/journal"] },
];

/** Returns the entry to highlight for a path. */
function entryOf(path: string): MenuEntry | undefined {
  const isUnder = (above: string) => (above === "/" ? path === "/" : path === above || path.startsWith(`${above}/`));
  return menu.find(({ href, also = [] }) => [href, ...also].some(isUnder));
}
