import { parkSpip } from "./park-spip.ts";
import { block, type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = parkSpip.aids.map(({ title, updated: _, ...told }, at) => ({
  ...told,
  title,
  path: `/soutiens/${["verger", "maison", "eclairage", "berger"][at]}`,
}));

function page(title: string, main: string): string {
  return `<!DOCTYPE html><html lang="fr" class="h-full scroll-smooth"><head><meta charset="utf-8"><title>${title} · Agence des paysages</title></head><body class="h-full bg-gray-50">
<div id="__layout"><div class="sticky top-0 z-40 bg-white shadow-sm"><div class="mx-auto flex max-w-7xl items-center justify-between px-4"><a href="/" class="flex items-center gap-2"><span class="font-bold">Agence des paysages</span></a><div class="hidden gap-8 lg:flex"><a class="text-sm font-medium" href="/agence">L'agence</a><a class="text-sm font-medium" href="/soutiens">Soutiens</a><a class="text-sm font-medium" href="/ressources">Ressources</a><a class="text-sm font-medium" href="/agenda">Agenda</a></div></div></div>
<div class="mx-auto max-w-7xl px-4 py-10">${main}</div>
<div class="bg-gray-900 text-white"><div class="mx-auto max-w-7xl px-4 py-8 text-sm"><p>Agence des paysages, 7 rue du Verger – 03 29 11 00 00</p><div class="flex gap-4"><a href="/mentions-legales">Mentions légales</a><a href="/confidentialite">Confidentialité</a></div></div></div></div></body></html>`;
}

const card = ({ path, title, purpose }: ToldAid) =>
  `<li class="col-span-1 flex flex-col rounded-lg bg-white shadow"><a href="${path}" class="block flex-1 p-6"><span class="inline-flex rounded-full bg-green-50 px-2 text-xs">Paysage</span><h3 class="mt-2 text-lg font-semibold text-gray-900">${title}</h3><p class="mt-1 line-clamp-2 text-sm text-gray-500">${purpose.slice(0, 62)}…</p></a></li>`;

const row = (label: string, value: string) =>
  `<div class="px-4 py-4 sm:grid sm:grid-cols-3 sm:gap-4"><dt class="text-sm font-medium text-gray-900">${label}</dt><dd class="mt-1 text-sm text-gray-700 sm:col-span-2 sm:mt-0">${value}</dd></div>`;

function aidPage({ title, purpose, beneficiaries = "", conditions = "", amount = "", deadline, contact, phone }: ToldAid): string {
  return page(
    title,
    `<a href="/soutiens" class="text-sm text-green-700">← Tous les soutiens</a><h1 class="mt-4 text-3xl font-bold">${title}</h1><p class="mt-4 text-lg leading-8 text-gray-600">${purpose}</p>
<div class="mt-8 overflow-hidden bg-white shadow"><dl class="divide-y divide-gray-100">${row("Public visé", inline(beneficiaries))}${row("Soutien apporté", inline(amount))}${deadline === undefined ? "" : row("Clôture", deadline[0])}</dl></div>
<div class="prose mt-10"><h2>Conditions</h2>${block(conditions)}<h2>Une personne pour vous répondre</h2><p>${contact}, ${phone}</p></div>
<div class="mt-16 border-t pt-8"><h2 class="text-xl font-semibold">À découvrir aussi</h2><div class="mt-4 grid gap-4 sm:grid-cols-2"><a href="/agenda/fete-du-paysage" class="rounded border p-4">La fête du paysage</a><a href="/ressources/guide-haies" class="rounded border p-4">Le guide des haies</a></div></div>`,
  );
}

/** An agency whose classes say only how things look: no landmark, cards that are links, facts in a list of definitions. */
export const agencyTailwind: FirstSightSite = {
  id: "agency-tailwind",
  list: "/soutiens",
  aids,
  listed: 4,
  noise: ["Tous les soutiens", "fête du paysage", "03 29 11 00 00", "Mentions légales"],
  files: {
    "/soutiens": page(
      "Soutiens",
      `<h1 class="text-3xl font-bold">Nos soutiens</h1><ul role="list" class="mt-8 grid grid-cols-1 gap-6 sm:grid-cols-2">${aids.map(card).join("\n")}</ul>`,
    ),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
