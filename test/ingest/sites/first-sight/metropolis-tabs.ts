import { chamberTable } from "./chamber-table.ts";
import { block, type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = chamberTable.aids.map(({ updated: _, ...told }, at) => ({
  ...told,
  path: `/entreprendre/dispositifs/fiche/${1400 + 3 * at}`,
}));

function page(title: string, main: string): string {
  return `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>${title} - Métropole du Golfe</title></head><body class="page-interieure">
<header id="entete"><div class="logo"><a href="/"><img src="/media/logo.svg" alt="Métropole du Golfe"></a></div><nav id="nav-principale"><ul class="niv1"><li><a href="/habiter">Habiter</a></li><li><a href="/se-deplacer">Se déplacer</a></li><li class="actif"><a href="/entreprendre">Entreprendre</a></li><li><a href="/sortir">Sortir</a></li></ul></nav><form role="search"><label for="q">Rechercher</label><input id="q" name="q"></form></header>
<div id="chemin"><a href="/">Accueil</a> › <a href="/entreprendre">Entreprendre</a> › ${title}</div>
<div id="contenu-page"><div class="colonne-centrale">${main}</div><div class="colonne-laterale"><div class="bloc bloc-liens"><h3>Accès rapides</h3><ul><li><a href="/entreprendre/zones">Zones d'activités</a></li><li><a href="/entreprendre/pepinieres">Pépinières</a></li><li><a href="/entreprendre/emploi">Offres d'emploi</a></li></ul></div></div></div>
<footer id="pied"><p>Métropole du Golfe – Hôtel métropolitain, quai des Brumes – 02 97 00 00 00</p><ul><li><a href="/mentions-legales">Mentions légales</a></li><li><a href="/cookies">Gestion des cookies</a></li></ul></footer></body></html>`;
}

const row = ({ path, title, beneficiaries = "", deadline }: ToldAid) =>
  `<tr><td><a href="${path}">${title}</a></td><td>${inline(beneficiaries)}</td><td>${deadline === undefined ? "Toute l'année" : deadline[0]}</td></tr>`;

const tab = (id: string, title: string, isFirst: boolean) =>
  `<li role="presentation" class="onglet"><a role="tab" id="tab-${id}" href="#${id}" aria-controls="${id}" aria-selected="${isFirst}">${title}</a></li>`;
const panel = (id: string, content: string) =>
  `<div role="tabpanel" id="${id}" aria-labelledby="tab-${id}" class="panneau">${content}</div>`;

function aidPage({ title, purpose, beneficiaries = "", conditions = "", amount = "", deadline, contact, email, phone }: ToldAid): string {
  return page(
    title,
    `<h1>${title}</h1><div class="chapo"><p>${purpose}</p></div>
<ul class="onglets" role="tablist">${tab("qui", "Entreprises concernées", true)}${tab("quoi", "L'aide proposée", false)}${tab("comment", "Conditions et calendrier", false)}</ul>
${panel("qui", block(beneficiaries))}${panel("quoi", block(amount))}${panel("comment", `${block(conditions)}${deadline === undefined ? "" : `<p><b>Date limite :</b> ${deadline[0]}</p>`}`)}
<div class="fiche-contact"><div class="fiche-contact-titre">Votre correspondant</div><div class="fiche-contact-texte">${contact}<br><a href="mailto:${email}">${email}</a><br>${phone}</div></div>
<div class="bloc-partage"><span>Partager</span><a href="https://www.facebook.com/sharer.php?u=x">Facebook</a><a href="mailto:?subject=x">Courriel</a></div>`,
  );
}

/** A metropolis with a table of its aids, and tabs on their pages. */
export const metropolisTabs: FirstSightSite = {
  id: "metropolis-tabs",
  list: "/entreprendre/dispositifs",
  aids,
  listed: 5,
  noise: ["Accès rapides", "Pépinières", "02 97 00 00 00", "Mentions légales", "Partager"],
  files: {
    "/entreprendre/dispositifs": page(
      "Les dispositifs",
      `<h1>Les dispositifs</h1><table class="tableau"><thead><tr><th>Dispositif</th><th>Pour qui</th><th>Échéance</th></tr></thead><tbody>${aids.map(row).join("\n")}</tbody></table>`,
    ),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
