import { type HtmlPage, type PageElement, selectInPage } from "../html-page.ts";
import { foldTerm } from "../values/text/fold-term.ts";
import { elementText, nodesText } from "./element-values.ts";

/** Why a page that a server sent with status 200 is not the expected one. `french/` and `cli/english/` contain the sentences. */
export const pageFaults = [
  "not-found",
  "sent-elsewhere",
  "sign-in",
  "consent",
  "maintenance",
  "needs-script",
  "other-structure",
  "repeated",
  "unreadable",
] as const;

export type PageFault = (typeof pageFaults)[number];

/** A page with less text has no content. */
const minTextLength = 250;
/** A wall has little text besides its own. */
const maxWallLength = 3000;
const maxWallLinks = 20;

const notFound =
  /(?:^|\W)(?:erreur 404|404 (?:not found|error|erreur)|error 404|page not found|not found|page (?:introuvable|non trouvee|inexistante|supprimee)|introuvable|n'existe (?:pas|plus)|n'est plus (?:disponible|en ligne)|n'a pas ete trouvee?)(?:\W|$)|^404$/;
const signInAddress = /\/(?:login|log-in|signin|sign-in|connexion|se-connecter|authentification|auth|cas|sso|saml2?)(?:[/.?]|$)/i;
const consentWords = /cookies?|traceurs|consentement|consent/g;
const consentChoice = /tout accepter|accepter (?:et|les|tous)|j'accepte|tout refuser|continuer sans accepter|accept all|reject all/;
const maintenance =
  /en maintenance|site (?:est )?(?:momentanement|temporairement) (?:indisponible|ferme)|maintenance en cours|under maintenance/;
/** Elements into which frameworks write a page: React, Vue, Angular, Next, Nuxt, Svelte. */
const scriptRoots = "#root, #app, #__next, #__nuxt, #___gatsby, app-root, [ng-app], #svelte";
const scriptWanted = /(?:activer|active[rz]|enable|necessite|requires?) (?:le )?javascript|javascript (?:est|is|doit|must)/;

/** Returns true if title or first heading says that there is no such page, although the status is 200. */
export function saysNotFound(page: HtmlPage): boolean {
  const [heading] = selectInPage("h1", page);
  const [title] = selectInPage("title", page);
  return [heading, title].some((element) => element !== undefined && notFound.test(foldTerm(elementText(element))));
}

/** Returns why a page without the expected structure is not the expected one. `from`: its address after redirects, or null if unknown. */
export function faultOf(page: HtmlPage, from: URL | null): PageFault {
  if (saysNotFound(page)) return "not-found";
  if (isScriptOnly(page)) return "needs-script";
  const [title] = selectInPage("title", page);
  const text = foldTerm(nodesText(page.children));
  const opening = `${title === undefined ? "" : foldTerm(elementText(title))} ${text.slice(0, maxWallLength)}`;
  if (text.length <= maxWallLength && maintenance.test(opening)) return "maintenance";
  if (from !== null && signInAddress.test(from.pathname)) return "sign-in";
  // An ordinary page has menus, and often a cookie banner or a form to sign in.
  if (text.length > maxWallLength || selectInPage("a[href]", page).length > maxWallLinks) return "other-structure";
  if (selectInPage('input[type="password"]', page).some((input) => !isAroundContent(input))) return "sign-in";
  return consentChoice.test(text) && (text.match(consentWords)?.length ?? 0) >= 2 ? "consent" : "other-structure";
}

/** Returns true for an element inside a header, footer or menu, where many sites have a form to sign in. */
export function isAroundContent({ parent }: PageElement): boolean {
  if (parent === null || !("attribs" in parent)) return false;
  return ["header", "nav", "footer", "aside", "dialog"].includes(parent.name) || isAroundContent(parent);
}

/** Returns true if the server sends an almost empty page that a script fills in the browser. */
function isScriptOnly(page: HtmlPage): boolean {
  if (selectInPage("script", page).length === 0) return false;
  const body = selectInPage("body", page)[0];
  if (nodesText((body ?? page).children).length >= minTextLength) return false;
  const hasEmptyRoot = selectInPage(scriptRoots, page).some((root) => elementText(root).length < minTextLength);
  return hasEmptyRoot || selectInPage("noscript", page).some((element) => scriptWanted.test(foldTerm(elementText(element))));
}
