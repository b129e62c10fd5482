import { block, type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/dispositif/pack-installation/",
    title: "Pack installation",
    purpose: "Un accompagnement complet pour les professionnels de santé qui ouvrent un cabinet dans un secteur qui manque de soignants.",
    beneficiaries: ["Médecins généralistes", "Kinésithérapeutes et infirmiers libéraux"],
    amount: "Prime de 10 000 €, versée en deux fois",
    deadline: ["1<sup>er</sup> mars 2027", "2027-03-01"],
    contact: "Guichet santé",
    email: "sante@office-plaine.example",
    apply: "Demandez un rendez-vous à votre référent, qui prépare le dossier avec vous.",
  },
  {
    path: "/dispositif/bourse-etudiant-en-sante/",
    title: "Bourse étudiant en santé",
    purpose: "Aider les étudiants qui s'engagent à exercer trois ans dans la plaine après leur diplôme.",
    beneficiaries: ["Étudiants en médecine à partir de la quatrième année", "Élèves sages-femmes"],
    amount: "Bourse de 600 € par mois pendant deux ans",
    deadline: ["15&nbsp;septembre&nbsp;2027", "2027-09-15"],
    contact: "Guichet santé",
    email: "bourses@office-plaine.example",
    apply: "Complétez le formulaire et joignez votre certificat de scolarité.",
  },
  {
    path: "/dispositif/maison-de-sante/",
    title: "Maison de santé",
    purpose: "Financer la construction et l'extension des maisons de santé pluriprofessionnelles.",
    beneficiaries: ["Communes", "Sociétés civiles de moyens"],
    amount: "Subvention de 30 %, plafonnée à 200 000 €",
    contact: "Pôle territoires",
    email: "territoires@office-plaine.example",
    apply: "Déposez le projet de santé validé par l'agence régionale.",
  },
  {
    path: "/dispositif/navette-des-soins/",
    title: "Navette des soins",
    purpose: "Conduire les habitants isolés à leurs rendez-vous médicaux grâce à des chauffeurs bénévoles.",
    beneficiaries: ["Associations de transport solidaire", "Centres communaux d'action sociale"],
    amount: "0,40 € par kilomètre parcouru",
    contact: "Pôle territoires",
    email: "navette@office-plaine.example",
    apply: "Signez la convention type et transmettez le relevé des trajets.",
  },
];

const widget = (type: string, content: string) =>
  `<div class="elementor-element elementor-element-3f2a${content.length % 97} elementor-widget elementor-widget-${type}" data-element_type="widget" data-widget_type="${type}.default"><div class="elementor-widget-container">${content}</div></div>`;
const section = (content: string) =>
  `<section class="elementor-section elementor-top-section elementor-element elementor-section-boxed"><div class="elementor-container elementor-column-gap-default"><div class="elementor-column elementor-col-100"><div class="elementor-widget-wrap elementor-element-populated">${content}</div></div></div></section>`;
const heading = (text: string) => widget("heading", `<h2 class="elementor-heading-title elementor-size-default">${text}</h2>`);
const text = (content: string) => widget("text-editor", content);

function page(title: string, content: string): string {
  return `<!DOCTYPE html><html lang="fr-FR"><head><meta charset="UTF-8"><meta name="generator" content="WordPress 6.5"><title>${title} – Office de la plaine</title></head>
<body class="single elementor-default elementor-page"><div data-elementor-type="header" class="elementor elementor-22 elementor-location-header">${section(widget("nav-menu", `<nav class="elementor-nav-menu--main"><ul class="elementor-nav-menu"><li class="menu-item"><a href="/office/" class="elementor-item">L'office</a></li><li class="menu-item"><a href="/dispositifs/" class="elementor-item">Nos dispositifs</a></li><li class="menu-item"><a href="/annuaire/" class="elementor-item">Annuaire</a></li><li class="menu-item"><a href="/presse/" class="elementor-item">Presse</a></li></ul></nav>`))}</div>
<div data-elementor-type="single-post" class="elementor elementor-88 elementor-location-single">${content}
${section(
  `${heading("Nos autres dispositifs")}${widget(
    "posts",
    `<div class="elementor-posts-container">${aids
      .slice(0, 3)
      .map(
        (aid) =>
          `<article class="elementor-post"><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="${aid.path}">${aid.title}</a></h3></div></article>`,
      )
      .join("")}</div>`,
  )}`,
)}</div>
<div data-elementor-type="footer" class="elementor elementor-31 elementor-location-footer">${section(text("<p>Office de la plaine, 4 mail des Tilleuls – 01 64 00 00 00</p><p>Newsletter : inscrivez-vous</p>"))}</div></body></html>`;
}

const card = ({ path, title, purpose }: ToldAid) =>
  `<div class="elementor-column elementor-col-50 elementor-inner-column"><div class="elementor-widget-wrap elementor-element-populated">${widget("image-box", `<div class="elementor-image-box-wrapper"><div class="elementor-image-box-content"><h3 class="elementor-image-box-title"><a href="${path}">${title}</a></h3><p class="elementor-image-box-description">${purpose.slice(0, 50)}…</p></div></div>`)}${widget("button", `<div class="elementor-button-wrapper"><a href="${path}" class="elementor-button-link elementor-button"><span class="elementor-button-text">Je découvre</span></a></div>`)}</div></div>`;

const toggle = (at: number, title: string, content: string) =>
  `<div class="elementor-toggle-item"><div id="elementor-tab-title-${at}" class="elementor-tab-title" data-tab="${at}" role="button" aria-controls="elementor-tab-content-${at}"><span class="elementor-toggle-icon"><i class="fas fa-caret-right"></i></span><a class="elementor-toggle-title" tabindex="0">${title}</a></div><div id="elementor-tab-content-${at}" class="elementor-tab-content elementor-clearfix" data-tab="${at}" role="region">${content}</div></div>`;

function aidPage({ title, purpose, beneficiaries = "", amount = "", deadline, contact, email, apply = "" }: ToldAid): string {
  return page(
    title,
    `${section(widget("theme-post-title", `<h1 class="elementor-heading-title elementor-size-default">${title}</h1>`))}
${section(`${heading("Le dispositif en bref")}${text(`<p>${purpose}</p>`)}${heading("Pour qui&nbsp;?")}${text(block(beneficiaries))}${heading("Quel montant&nbsp;?")}${text(`<p>${inline(amount)}</p>`)}${deadline === undefined ? "" : `${heading("Date limite")}${text(`<p>Candidatures jusqu'au ${deadline[0]}</p>`)}`}`)}
${section(widget("toggle", `<div class="elementor-toggle">${toggle(1, "Comment en bénéficier ?", block(apply))}${toggle(2, "Qui contacter ?", `<p>${contact}<br><a href="mailto:${email}">${email}</a></p>`)}</div>`))}`,
  );
}

/** An office on WordPress with Elementor: headings and texts in widgets of their own, toggles, no `main`. */
export const officeElementor: FirstSightSite = {
  id: "office-elementor",
  list: "/dispositifs/",
  aids,
  listed: 4,
  noise: ["Nos autres dispositifs", "01 64 00 00 00", "inscrivez-vous", "Je découvre"],
  files: {
    "/dispositifs/": page("Nos dispositifs", `${section(heading("Nos dispositifs"))}${section(aids.map(card).join("\n"))}`),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
