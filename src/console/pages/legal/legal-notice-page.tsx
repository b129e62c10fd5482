import { pageRoute } from "../../route.ts";
import { Contact } from "./contact.tsx";

const toFill =
  "À renseigner par l’exploitant (réglage MOISSON_CONSOLE_OWNER) : nom, adresse, directeur de la publication, hébergeur.".replace(
    " :",
    "\u00a0:",
  );

/** The legal notice (law of 21 June 2004). */
export const legalNoticeRoute = pageRoute("/mentions-legales", "public", ({ console: { settings } }) => ({
  title: "Mentions légales",
  breadcrumb: [],
  content: (
    <div class="moisson-narrow">
      <h1>Mentions légales</h1>
      <h2>Éditeur et hébergeur</h2>
      <p>{(settings.owner ?? toFill).split("|").flatMap((line, index) => (index === 0 ? [line] : [<br />, line]))}</p>
      <h2>Contact</h2>
      <p>
        <Contact settings={settings} />
      </p>
      <h2>Contenus</h2>
      <p>
        Les aides sont publiées par leurs producteurs, qui en restent responsables. Chacune porte la licence sous laquelle elle a été
        donnée. Une aide sans licence connue n’est rediffusée en données ouvertes que si la loi ou un accord permet de la réutiliser.
      </p>
      <p>
        Le logiciel, Moisson, est libre (licence MIT). L’interface suit le système de design de l’État&nbsp;; la marque de l’État n’est
        utilisée que par ses services.
      </p>
      <h2>Traceurs</h2>
      <p>
        Ce service ne mesure pas d’audience et ne charge rien depuis d’autres sites. Ses seuls traceurs sont nécessaires à la connexion et
        au thème d’affichage choisi&nbsp;: ils ne demandent pas votre accord.
      </p>
    </div>
  ),
}));
