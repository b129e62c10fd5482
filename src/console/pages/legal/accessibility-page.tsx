import { french } from "../../../french/typography.ts";
import { pageRoute } from "../../route.ts";
import { Contact } from "./contact.tsx";

/** Numbers of conforming, not conforming and not applicable criteria in docs/accessibility.md. A test compares them. */
const counts = { conforming: 79, failing: 0, notApplicable: 27 };

/** The statement required by article 47 of the law of 11 February 2005. Without an audit, a service counts as not compliant. */
export const accessibilityRoute = pageRoute("/accessibilite", "public", ({ console: { settings, url } }) => ({
  title: "Déclaration d’accessibilité",
  breadcrumb: [],
  content: (
    <div class="moisson-narrow">
      <h1>Déclaration d’accessibilité</h1>
      <p>
        {settings.owner?.split("|")[0] ?? "L’exploitant de ce service (nom à renseigner : réglage MOISSON_CONSOLE_OWNER)"} s’engage à rendre
        ce service accessible, conformément à l’article 47 de la loi n°&nbsp;2005-102 du 11 février 2005.
      </p>
      <p>
        Cette déclaration s’applique à {settings.name} (<span>{url}</span>).
      </p>
      <h2>État de conformité</h2>
      <p>
        {settings.name} est <strong>non conforme</strong> avec le référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.
        Aucun audit n’a été fait à ce jour&nbsp;: tant qu’il n’y en a pas, la conformité ne peut pas être affirmée.
      </p>
      <p>
        {french`L’équipe qui développe le service a vérifié elle-même les 106 critères, sur les pages nommées ci-dessous. Conformes : ${counts.conforming}. Non conformes : ${counts.failing}. Non applicables : ${counts.notApplicable}.`}
      </p>
      <h2>Ce qui a été vérifié</h2>
      <p>L’équipe qui développe le service a vérifié elle-même&nbsp;:</p>
      <ul>
        <li>
          les 106 critères du RGAA, à la main, sur la première page, la relecture, un plan, l’éditeur, une lettre, la vérification d’un
          fichier, la connexion, le plan du site, cette déclaration et la page publique de recherche&nbsp;;
        </li>
        <li>
          avec le lecteur d’écran Orca et le navigateur Chromium&nbsp;: la connexion, la première page, la relecture et une décision, la
          recherche publique. Ce qu’il dit a été lu, pas écouté&nbsp;;
        </li>
        <li>
          par des essais automatiques, la langue des textes en anglais sur les pages de chaque sorte, et les propriétés de chaque fichier
          Excel&nbsp;;
        </li>
        <li>des contrôles automatiques (axe) dans le navigateur Chromium, qui ne trouvent rien de grave sur les pages parcourues&nbsp;;</li>
        <li>les parcours principaux, au clavier seul, par des essais automatiques&nbsp;;</li>
        <li>
          l’affichage en thème clair et en thème sombre, large et étroit, agrandi à 200&nbsp;%, en couleurs imposées, et sans JavaScript.
        </li>
      </ul>
      <h2>Ce qui reste difficile</h2>
      <ul>
        <li>
          les titres et les textes en anglais des appels européens sont signalés comme tels, sauf dans le titre de la fenêtre, les
          infobulles et une partie des listes déroulantes&nbsp;: le HTML ne le permet pas&nbsp;;
        </li>
        <li>
          les mots-clés et les valeurs brutes d’un flux ne sont signalés comme anglais que si leurs mots le montrent, et ses exemples, sur
          la page d’un champ, ne le sont pas&nbsp;;
        </li>
        <li>les cellules des fichiers Excel n’ont pas de langue propre&nbsp;: un titre en anglais y est lu comme du français.</li>
      </ul>
      <h2>Ce qui n’a pas été vérifié</h2>
      <ul>
        <li>aucune personne handicapée n’a essayé le service&nbsp;;</li>
        <li>aucun autre lecteur d’écran, aucun autre navigateur que Chromium n’a été essayé&nbsp;;</li>
        <li>les autres pages n’ont eu que les contrôles automatiques&nbsp;;</li>
        <li>aucun lecteur d’écran n’a lu les fichiers Excel&nbsp;;</li>
        <li>les textes et les fichiers des producteurs, repris tels qu’ils sont publiés, n’ont pas été évalués.</li>
      </ul>
      <p>Les contrôles automatiques ne trouvent qu’une partie des défauts.</p>
      <h2>Établissement de cette déclaration</h2>
      <p>Cette déclaration a été établie le 30 novembre 2026.</p>
      <p>
        Technologies&nbsp;: HTML, CSS, JavaScript, SVG. Les pages suivent le système de design de l’État (DSFR 1.14.4), sans que cela vaille
        conformité.
      </p>
      <h2>Signaler une difficulté</h2>
      <p>
        Si vous n’arrivez pas à accéder à un contenu ou à une fonction, dites-le&nbsp;: vous serez orienté vers une autre façon de faire, ou
        recevrez le contenu sous une autre forme.
      </p>
      <p>
        Écrire à&nbsp;: <Contact settings={settings} />
      </p>
      <h2>Voie de recours</h2>
      <p>
        Si vous avez signalé un défaut qui vous empêche d’accéder au service, et que vous n’avez pas obtenu de réponse satisfaisante, vous
        pouvez&nbsp;:
      </p>
      <ul>
        <li>
          <a href="https://formulaire.defenseurdesdroits.fr/">écrire un message au Défenseur des droits</a>&nbsp;;
        </li>
        <li>
          <a href="https://www.defenseurdesdroits.fr/carte-des-delegues">contacter le délégué du Défenseur des droits de votre région</a>
          &nbsp;;
        </li>
        <li>envoyer un courrier, sans timbre, au Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.</li>
      </ul>
    </div>
  ),
}));
