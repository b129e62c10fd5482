import type { Child } from "hono/jsx";
import { counted, french, isPlural } from "../../../french/typography.ts";
import type { SilentConnector, WithoutAddress } from "../../../model/run/digest.ts";
import { ButtonLink, Link } from "../../parts/link.tsx";
import { hasRole, type Visit } from "../../visit.ts";

type Unused = readonly (WithoutAddress | SilentConnector)[];

/** Renders what to do with an empty catalogue. */
export function FirstSteps({ visit, unused }: { readonly visit: Visit; readonly unused: Unused }): Child {
  const mayBring = hasRole(visit, "bizdev");
  return (
    <>
      <h1>Premiers pas</h1>
      <p class="fr-text--lead">Le catalogue est vide : aucune collecte n’a encore eu lieu. Voici quatre façons de commencer.</p>
      <ol class="moisson-steps">
        <li>
          <h2 class="fr-h5 fr-mb-1v">Voir une démonstration</h2>
          <p>
            La commande <code>moisson demo</code> remplit un catalogue à part avec des flux d’exemple, dont un flux abîmé et un serveur
            injoignable : chaque page a quelque chose à montrer. Rien n’est publié.
          </p>
        </li>
        <li>
          <h2 class="fr-h5 fr-mb-1v">Déposer le fichier d’un producteur</h2>
          <p>Un tableur suffit : ses colonnes et ses mots sont reconnus, vous corrigez, et une première collecte est préparée.</p>
          {mayBring && <ButtonLink href="/brouillons" label="Déposer un fichier" />}
        </li>
        <li>
          <h2 class="fr-h5 fr-mb-1v">Brancher un flux</h2>
          <p>
            {unused.length === 0
              ? "L’adresse du flux d’un producteur suffit. Il est ensuite relu chaque nuit."
              : french`${counted(unused.length, "connecteur est déjà décrit et n’a", "connecteurs sont déjà décrits et n’ont")} encore rien collecté. Ouvrez-en un pour lancer sa première collecte, ou donnez l'adresse d'un autre flux.`}
          </p>
          <ul class="moisson-links">
            {unused.length > 0 && (
              <li>
                <Link href="/connecteurs" label="Voir les connecteurs" />
              </li>
            )}
            {mayBring && (
              <li>
                <Link href="/brouillons" label="Donner l’adresse d’un flux" />
              </li>
            )}
          </ul>
        </li>
        <li>
          <h2 class="fr-h5 fr-mb-1v">Reprendre le catalogue d’un site</h2>
          <p>
            Après la première collecte d’un producteur, la commande <code>moisson adopt</code> reprend les aides déjà en ligne et le travail
            fait sur elles. C’est un plan, qui se lit avant de s’appliquer.
          </p>
        </li>
      </ol>
      <ToConfigure unused={unused} />
    </>
  );
}

/** Lists the connectors that have never run. It is no trouble, so it is said quietly. */
export function ToConfigure({ unused }: { readonly unused: Unused }): Child {
  if (unused.length === 0) return null;
  return (
    <details class="fr-mb-3w" id="a-configurer">
      <summary>{french`${counted(unused.length, "connecteur prêt", "connecteurs prêts")}, jamais ${isPlural(unused.length) ? "collectés" : "collecté"}`}</summary>
      <p class="fr-mb-1w">Ce n’est pas une panne. Lancez leur première collecte, ou donnez d’abord l’adresse de leur flux.</p>
      <ul>
        {unused.map((one) => (
          <li>
            <a href={`/connecteurs/${one.connector}`}>{one.publisher}</a>
            {"variable" in one && (
              <>
                {french` : adresse à donner dans le réglage `}
                <code>{one.variable}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
