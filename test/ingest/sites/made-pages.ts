/** An aid of a made-up publisher, from which each site writes its pages. */
export interface MadeAid {
  readonly number: number;
  readonly title: string;
  readonly purpose: string;
  readonly audience: string;
  readonly amount: string;
  /** French and ISO. */
  readonly deadline: string;
  readonly deadlineIso: string;
  readonly contact: string;
}

const works = ["Rénover", "Équiper", "Agrandir", "Isoler", "Ouvrir", "Relier", "Planter", "Numériser"];
const places = ["une école", "une médiathèque", "un gymnase", "un marché couvert", "une haie", "un pôle de santé"];
const audiences = ["Communes", "Associations", "Entreprises", "Agriculteurs"];

/** Returns an aid by its number, from 1. */
export function madeAid(number: number): MadeAid {
  const work = works[number % works.length];
  const place = places[number % places.length];
  const day = String((number % 27) + 1).padStart(2, "0");
  const month = String((number % 12) + 1).padStart(2, "0");
  return {
    number,
    title: `${work} ${place} (dispositif n° ${number})`,
    purpose: `Le département aide à ${work?.toLowerCase()} ${place}. Cette aide porte le numéro ${number} de notre guide.`,
    audience: audiences[number % audiences.length] ?? "",
    amount: `${number * 1000} €`,
    deadline: `${day}/${month}/2027`,
    deadlineIso: `2027-${month}-${day}`,
    contact: `aides-${number}@exemple.fr`,
  };
}

/** Returns aids from 1 to `count`. */
export function madeAids(count: number): MadeAid[] {
  return Array.from({ length: count }, (_, index) => madeAid(index + 1));
}

const menu = Array.from(
  { length: 90 },
  (_, index) => `<li class="menu__item"><a href="/rubrique-${index}" class="menu__link">Rubrique ${index}</a></li>`,
);

/** Returns a page as sites send it: with menus, a cookie banner, a sign-in form, breadcrumbs and a footer. `head`: further elements of the head. */
export function wholePage(title: string, main: string, head = ""): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width">${head}
<script>window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);}</script></head>
<body><div id="cookies" class="banner"><p>Nous utilisons des cookies et des traceurs.</p><button>Tout accepter</button><button>Tout refuser</button></div>
<header><form action="/connexion"><label>Mot de passe <input type="password" name="motdepasse"></label></form><nav><ul>${menu.join("\n")}</ul></nav></header>
${main}
<footer><nav><ul>${menu.join("\n")}</ul></nav><p>Mentions légales</p></footer></body></html>`;
}

/** Splits a list into pages of a site's list. */
export function inPages<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
