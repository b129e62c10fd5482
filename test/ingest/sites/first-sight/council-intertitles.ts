import { departmentDrupal } from "./department-drupal.ts";
import { block, type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = departmentDrupal.aids
  .slice(1, 6)
  .map((told, at) => ({ ...told, path: `/web/collectivite/-/aide-${at + 1}-${["fonds", "sport", "haies", "logement", "lecture"][at]}` }));

function page(title: string, main: string): string {
  return `<!DOCTYPE html><html class="ltr" dir="ltr" lang="fr-FR"><head><meta charset="utf-8"><title>${title} - Collectivité du Marais</title></head><body class="controls-visible yui3-skin-sam signed-out public-page site">
<div class="container-fluid" id="wrapper"><header id="banner" role="banner"><div id="heading"><div class="site-title"><a class="logo" href="/web/collectivite"><img alt="Logo" src="/image/layout_set_logo"></a></div></div></header>
<nav class="sort-pages modify-pages" id="navigation" role="navigation"><ul role="menubar"><li role="presentation"><a href="/web/collectivite/missions" role="menuitem"><span>Missions</span></a></li><li role="presentation"><a href="/web/collectivite/aides" role="menuitem"><span>Aides</span></a></li><li role="presentation"><a href="/web/collectivite/demarches" role="menuitem"><span>Démarches</span></a></li></ul></nav>
<section id="content"><div class="columns-1" id="main-content" role="main"><div class="portlet-layout row-fluid"><div class="portlet-column portlet-column-only span12" id="column-1"><div class="portlet-dropzone"><div class="portlet-boundary portlet-asset-publisher"><section class="portlet"><div class="portlet-content"><div class="portlet-body">${main}</div></div></section></div></div></div></div></div></section>
<footer id="footer" role="contentinfo"><p class="powered-by">Collectivité du Marais – 02 51 00 00 00 – <a href="/web/collectivite/mentions-legales">Mentions légales</a></p></footer></div></body></html>`;
}

const abstract = ({ path, title, purpose }: ToldAid) =>
  `<div class="asset-abstract"><h3 class="asset-title"><a href="${path}"><img alt="" src="/icone.png"> ${title}</a></h3><div class="asset-content"><div class="asset-summary">${purpose.slice(0, 68)}...</div><div class="asset-more"><a href="${path}">Lire plus <span class="hide-accessible">à propos de ${title}</span> »</a></div></div></div>`;

function aidPage({
  title,
  purpose,
  beneficiaries = "",
  conditions,
  expenses,
  amount = "",
  deadline,
  contact,
  email,
  phone,
}: ToldAid): string {
  const between = (text: string) => `<p class="intertitre">${text}</p>`;
  return page(
    title,
    `<div class="asset-full-content"><h1 class="header-title"><span>${title}</span></h1><div class="journal-content-article"><p class="accroche">${purpose}</p>
${between("Qui peut demander cette aide&nbsp;?")}${block(beneficiaries)}
${expenses === undefined ? "" : `${between("Ce que l'aide finance")}${block(expenses)}`}
${conditions === undefined ? "" : `${between("Les règles à respecter")}${block(conditions)}`}
${between("Montant")}<p>${inline(amount)}</p>
${deadline === undefined ? "" : `${between("Avant quelle date&nbsp;?")}<p>Le dossier complet doit arriver avant le ${deadline[0]}.</p>`}
${between("Vos interlocuteurs")}<p>${contact}<br>${phone} – <a href="mailto:${email}">${email}</a></p></div>
<div class="asset-metadata"><span class="metadata-entry metadata-modified-date">Dernière modification le 3 novembre 2026</span></div></div>`,
  );
}

/** A council on Liferay: paragraphs with a class in place of headings, in everyday words. */
export const councilIntertitles: FirstSightSite = {
  id: "council-intertitles",
  list: "/web/collectivite/aides",
  aids: aids.map((aid) => ({ ...aid, updated: "2026-11-03" })),
  listed: 5,
  noise: ["Lire plus", "Dernière modification", "02 51 00 00 00", "Mentions légales"],
  files: {
    "/web/collectivite/aides": page("Aides", `<h1 class="header-title"><span>Les aides</span></h1>${aids.map(abstract).join("\n")}`),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
