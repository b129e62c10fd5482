import type { Child } from "hono/jsx";
import { mayAs, type Role } from "../../../model/publisher/role.ts";
import { List } from "../../parts/list.tsx";
import { pageRoute } from "../../route.ts";

type Entry = readonly [title: string, href: string, minRole?: Role];

/** The pages for the team, by entry of the menu. Default of `minRole`: every role. */
const teamPages: readonly (readonly [title: string, entries: readonly Entry[]])[] = [
  [
    "La collecte",
    [
      ["Dernière nuit", "/"],
      ["Trente nuits", "/nuits"],
      ["Collectes", "/collectes"],
      ["Exécuteurs", "/travailleurs"],
      ["Plans", "/plans"],
      ["Connecteurs", "/connecteurs"],
      ["Mots à traduire", "/mots"],
      ["Essais de mots", "/mots/essais"],
    ],
  ],
  [
    "Les aides",
    [
      ["À relire", "/relecture"],
      ["Propositions des producteurs", "/relecture/propositions"],
      ["Aides échues", "/relecture/echues"],
      ["Doubles probables", "/relecture/doublons"],
      ["Questions sur les sources", "/questions"],
      ["Noms à vérifier", "/noms-a-verifier"],
      ["Erreurs signalées", "/signalements"],
      ["Catalogue", "/aides"],
      ["Où est mon aide ?", "/ou-est-mon-aide"],
      ["Publiées sans relecture", "/publications"],
    ],
  ],
  [
    "Les producteurs",
    [
      ["Producteurs", "/producteurs"],
      ["Suivi par tableur", "/producteurs/suivi", "bizdev"],
      ["Courriers", "/courriers", "bizdev"],
      ["Couverture", "/couverture"],
      ["Les dix à appeler", "/couverture/a-appeler"],
      ["Chiffres du mois", "/chiffres"],
      ["De la réception à la publication", "/publication"],
      ["Base de réutilisation", "/reutilisation"],
      ["Radar", "/radar", "bizdev"],
      ["Nouveau producteur", "/brouillons", "bizdev"],
      ["Saisir une aide", "/saisir", "bizdev"],
      ["Modèles", "/modeles", "bizdev"],
    ],
  ],
  [
    "Le service",
    [
      ["Mode d’emploi", "/mode-d-emploi"],
      ["Mon compte", "/mon-compte"],
      ["Comptes", "/comptes", "admin"],
      ["Journal", "/journal", "admin"],
    ],
  ],
];

const publicPages: readonly Entry[] = [
  ["Publier ses aides : le guide", "/publier-ses-aides"],
  ["Vérifier un fichier", "/verifier"],
  ["Espace des producteurs", "/espace/connexion"],
  ["Accessibilité", "/accessibilite"],
  ["Mentions légales", "/mentions-legales"],
  ["Données personnelles", "/donnees-personnelles"],
];

/** The site map: the second way to find a page, beside the menu (RGAA 12.1). It lists what the visitor may open. */
export const siteMapRoute = pageRoute("/plan-du-site", "public", ({ visitor, console: { settings } }) => {
  const role = visitor?.role ?? null;
  const sections: readonly (readonly [string, readonly Entry[]])[] = [
    ...(role === null ? [] : teamPages.map(([title, entries]) => [title, entries.filter(mayOpen(role))] as const)),
    ["Ouvert à tous", publicPages.filter(([, href]) => href !== "/verifier" || settings.isCheckPublic || role !== null)],
  ];
  return {
    title: "Plan du site",
    breadcrumb: [],
    content: (
      <>
        <h1>Plan du site</h1>
        <div class="moisson-halves">
          {sections.map(([title, entries]) => (
            <Section title={title} entries={entries} />
          ))}
        </div>
      </>
    ),
  };
});

function mayOpen(role: Role): (entry: Entry) => boolean {
  return ([, , minRole = "read"]) => mayAs(role, minRole);
}

function Section({ title, entries }: { readonly title: string; readonly entries: readonly Entry[] }): Child {
  return (
    <section>
      <h2>{title}</h2>
      <List items={entries.map(([label, href]) => <a href={href}>{label}</a>)} />
    </section>
  );
}
