import type { Child } from "hono/jsx";
import { french } from "../../french/typography.ts";
import { findInstallation, versionText } from "../../registry/installation.ts";
import type { ConsoleSettings } from "../console-settings.ts";

const installed = versionText(findInstallation());

const links = [
  ["Plan du site", "/plan-du-site"],
  ["Publier ses aides", "/publier-ses-aides"],
  ["Vérifier un fichier", "/verifier"],
  ["Accessibilité : non conforme", "/accessibilite"],
  ["Mentions légales", "/mentions-legales"],
  ["Données personnelles", "/donnees-personnelles"],
] as const;

/** The footer, with the legal links. */
export function Footer({ settings }: { readonly settings: ConsoleSettings }): Child {
  return (
    <footer class="fr-footer" role="contentinfo" id="pied">
      <div class="fr-container">
        <div class="fr-footer__body">
          {settings.stateMark !== null && (
            <div class="fr-footer__brand">
              <StateMark settings={settings} />
            </div>
          )}
          <div class="fr-footer__content">
            <p class="fr-footer__content-desc">
              {settings.name} rassemble les aides publiques dans un catalogue. Chaque collecte est un plan qui se lit, s’applique, se
              retient et se défait.
            </p>
            {!settings.isPublicOnly && <p class="fr-text--xs fr-mb-0">{french`Moisson, version ${installed}`}</p>}
          </div>
        </div>
        <div class="fr-footer__bottom">
          <ul class="fr-footer__bottom-list">
            {links.map(([label, href]) => (
              <li class="fr-footer__bottom-item">
                <a class="fr-footer__bottom-link" href={href}>
                  {label}
                </a>
              </li>
            ))}
            <li class="fr-footer__bottom-item">
              <button
                class="fr-footer__bottom-link fr-icon-theme-fill fr-btn--icon-left"
                aria-controls="affichage"
                data-fr-opened="false"
                type="button"
              >
                Paramètres d’affichage
              </button>
            </li>
          </ul>
        </div>
      </div>
      <DisplaySettings />
    </footer>
  );
}

/** The design system's dialog to choose a light or dark theme. */
function DisplaySettings(): Child {
  const choices = [
    ["light", "Thème clair"],
    ["dark", "Thème sombre"],
    ["system", "Système : comme votre appareil"],
  ] as const;
  return (
    <dialog id="affichage" class="fr-modal" aria-labelledby="affichage-titre" aria-modal="true">
      <div class="fr-container fr-container--fluid fr-container-md">
        <div class="fr-grid-row fr-grid-row--center">
          <div class="fr-col-12 fr-col-md-6 fr-col-lg-4">
            <div class="fr-modal__body">
              <div class="fr-modal__header">
                <button class="fr-btn--close fr-btn" aria-controls="affichage" type="button">
                  Fermer
                </button>
              </div>
              <div class="fr-modal__content">
                <h2 id="affichage-titre" class="fr-modal__title">
                  Paramètres d’affichage
                </h2>
                <div id="fr-display" class="fr-display">
                  <fieldset class="fr-fieldset" id="affichage-choix">
                    <legend class="fr-fieldset__legend--regular fr-fieldset__legend">
                      Choisissez un thème pour l’apparence des pages.
                    </legend>
                    {choices.map(([value, label]) => (
                      <div class="fr-fieldset__element">
                        <div class="fr-radio-group">
                          <input value={value} type="radio" id={`affichage-${value}`} name="fr-radios-theme" />
                          <label class="fr-label" for={`affichage-${value}`}>
                            {label}
                          </label>
                        </div>
                      </div>
                    ))}
                  </fieldset>
                </div>
              </div>
            </div>
          </div>
        </div>
      </div>
    </dialog>
  );
}

/** The State's logo, if the service belongs to the State. */
export function StateMark({ settings: { stateMark } }: { readonly settings: ConsoleSettings }): Child {
  if (stateMark === null) return null;
  return <p class="fr-logo">{stateMark.split("|").flatMap((line, index) => (index === 0 ? [line] : [<br />, line]))}</p>;
}
