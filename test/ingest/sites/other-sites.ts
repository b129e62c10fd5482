import type { SiteFile } from "../../support/site-server.ts";
import { inPages, type MadeAid, madeAids } from "./made-pages.ts";

/*
 * Two sites that were made after the rules that propose connectors for sites were written, and scored once.
 */

const aids = madeAids(24);
const months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");

function frenchDay({ deadlineIso }: MadeAid): string {
  const [year, month, day] = deadlineIso.split("-").map(Number);
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

const rubrics = ["Vivre ici", "Grandir", "Bouger", "Se divertir", "Entreprendre", "Participer", "Le territoire", "Vos élus"];

function communityPage(title: string, content: string): string {
  const menu = rubrics.map((rubric, index) => `<li class="item${index}"><a href="/r${index}">${rubric}</a></li>`).join("");
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${title} | Communauté de communes</title></head><body>
<div id="entete"><a href="/"><img src="/logo.png" alt="Accueil"></a><ul id="menu-haut">${menu}</ul></div>
<div id="corps"><div class="fil">Vous êtes ici : <a href="/">Accueil</a> &gt; <a href="/aides">Aides</a></div>${content}</div>
<div id="pied"><p>Communauté de communes, 1 place de la Mairie. Ouvert du lundi au vendredi.</p><ul>${menu}</ul><a href="/mentions">Mentions légales</a></div>
</body></html>`;
}

/** A community of communes: cards that are links, titles of blocks without headings, no `main`, numbered pages. */
export function community(): Readonly<Record<string, SiteFile>> {
  const pages = inPages(aids, 12).map((items, index): [string, string] => [
    index === 0 ? "/aides" : `/aides?p=${index + 1}`,
    communityPage(
      "Les aides",
      `<h1>Les aides de la communauté</h1><div class="grille">${items
        .map(
          (aid) =>
            `<a class="carte" href="/aides/fiche-${aid.number}"><img src="/i.jpg" alt=""><span class="carte-titre">${aid.title}</span><span class="carte-theme">Cadre de vie</span></a>`,
        )
        .join("")}</div><div class="numeros">Pages : <a href="/aides?p=1">1</a> <a href="/aides?p=2">2</a></div>`,
    ),
  ]);
  const details = aids.map((aid): [string, string] => [
    `/aides/fiche-${aid.number}`,
    communityPage(
      aid.title,
      `<h1>${aid.title}</h1><p class="accroche">${aid.purpose}</p>
<div class="bloc"><div class="bloc-titre">À qui s’adresse cette aide ?</div><div class="bloc-texte"><p>${aid.audience}</p></div></div>
<div class="bloc"><div class="bloc-titre">Montant de l’aide</div><div class="bloc-texte"><p>${aid.amount}</p></div></div>
<ul class="infos"><li><strong>Date limite de dépôt :</strong> ${frenchDay(aid)}</li><li><strong>Contact :</strong> <a href="mailto:${aid.contact}">${aid.contact}</a></li></ul>`,
    ),
  ]);
  return Object.fromEntries([...pages, ...details]);
}

function agencyPage(title: string, main: string): string {
  const links = ["Qui sommes-nous ?", "Nos métiers", "Nos publications", "Nous rejoindre", "Espace presse"];
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${title} - Agence régionale</title></head><body>
<header><nav aria-label="principal">${links.map((link, index) => `<a href="/page-${index}">${link}</a>`).join("")}</nav></header>
<main id="contenu">${main}</main>
<aside><h2>À la une</h2><ul><li><a href="/actualites/1">Le salon des maires a réuni deux mille élus</a></li><li><a href="/actualites/2">Une nouvelle présidente pour notre agence</a></li><li><a href="/actualites/3">Retour sur les rencontres de la transition</a></li></ul></aside>
<footer><a href="/contact">Nous contacter</a></footer></body></html>`;
}

/** A regional agency: teasers in sections by theme, folded parts, days in sentences. */
export function regionalAgency(): Readonly<Record<string, SiteFile>> {
  const sections = inPages(aids, 8)
    .map(
      (items, index) =>
        `<section class="thematique"><h2>Thématique ${index + 1}</h2>${items
          .map(
            (aid) =>
              `<article class="teaser"><h3 class="teaser__title">${aid.title}</h3><p class="teaser__text">${aid.purpose.slice(0, 40)}…</p><p class="teaser__link"><a href="/dispositifs/d${aid.number}">En savoir plus</a></p></article>`,
          )
          .join("")}</section>`,
    )
    .join("");
  const details = aids.map((aid): [string, string] => [
    `/dispositifs/d${aid.number}`,
    agencyPage(
      aid.title,
      `<h1>${aid.title}</h1><div class="intro"><p>${aid.purpose}</p></div>
<details><summary>Qui peut en bénéficier ?</summary><div><p>${aid.audience}</p></div></details>
<details><summary>Quel est le montant de l’aide ?</summary><div><p>Jusqu’à ${aid.amount}</p></div></details>
<details><summary>Date limite de candidature</summary><div><p>Les dossiers sont reçus jusqu’au ${aid.deadline}.</p></div></details>
<section><h2>Votre contact</h2><p>Service des aides<br><a href="mailto:${aid.contact}">${aid.contact}</a></p></section>
<section><h2>Partager</h2><ul><li><a href="https://www.facebook.com/sharer?u=1">Facebook</a></li></ul></section>`,
    ),
  ]);
  return Object.fromEntries([["/dispositifs", agencyPage("Nos dispositifs", `<h1>Nos dispositifs</h1>${sections}`)], ...details]);
}
