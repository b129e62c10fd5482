/** Headers with which walls say that this is not the page. */
const wallHeaders: Readonly<Record<string, RegExp>> = {
  "cf-mitigated": /challenge/i,
  "x-amzn-waf-action": /challenge|captcha/i,
  "x-vercel-mitigated": /challenge|deny/i,
  "sg-captcha": /./,
  "x-datadome": /protected/i,
};

/** Titles of walls, in the languages that we meet. */
const wallTitle =
  /just a moment|un instant|attention required|checking your browser|verify(?:ing)? you are human|making sure you're not a bot|are you a (?:robot|human)|n['’](?:êtes|etes) pas un robot|êtes-vous un robot|robot check|captcha|access denied|accès (?:refusé|interdit)|request rejected|security check|vérification de (?:la )?sécurité|ddos-guard/i;

/** What only a wall's page holds: pages behind one may hold the wall's own scripts. */
const wallMark =
  /_cf_chl_opt|cf-browser-verification|geo\.captcha-delivery\.com|id="px-captcha"|Incapsula incident ID|sucuri_cloudproxy_js|anubis_challenge|id="challenge-form"|\/\.well-known\/sgcaptcha\//i;

const absentTitle =
  /\b404\b|(?:page|contenu|ressource)\s+(?:non[ -]trouvée?|introuvable|inexistante?)|page (?:n['’]existe pas|n['’]a pas été trouvée)|page not found|not found$/i;

/** True where an answer comes from what guards a site against robots, whatever its status. `html`: the beginning of the page. */
export function isRobotWall(headers: Readonly<Record<string, string>>, html: string): boolean {
  for (const [name, mark] of Object.entries(wallHeaders)) if (mark.test(headers[name] ?? "")) return true;
  return wallTitle.test(titleOf(html)) || wallMark.test(html);
}

/** True where the title of a page says that there is no such page. */
export function saysNotFound(html: string): boolean {
  return absentTitle.test(titleOf(html));
}

/** Entities of apostrophes and accents are few in titles; the others are not looked for. */
function titleOf(html: string): string {
  const title = /<title\b[^>]*>([^<]{0,300})/i.exec(html)?.[1] ?? "";
  return title
    .replace(/&(?:#0*39|apos|rsquo|#8217);/g, "'")
    .replace(/&eacute;/g, "é")
    .replace(/\s+/g, " ")
    .trim();
}
